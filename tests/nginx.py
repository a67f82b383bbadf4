"""nginx with the configuration that is shipped, and a certificate of this hour."""

import ipaddress
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from psot.supervisor.program import Program
from tests.houses import ROOT

SHIPPED = ROOT / "deploy" / "nginx" / "psot.conf"

# What a distribution's own nginx.conf says around the shipped file, for an account without rights.
AROUND = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/errors notice;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/psot.conf;
}}
"""


def program(folder: Path, changes: Mapping[str, str], environment: Mapping[str, str]) -> Program:
    """Return nginx with the shipped file in ``folder``, names and addresses replaced.

    ``changes`` are what the file says and what it is to say; the certificate and the cache are
    those of ``folder`` anyway.
    """
    text = SHIPPED.read_text(encoding="utf-8")
    places = {"/etc/ssl/psot": str(folder), "/var/cache/nginx/psot": str(folder / "cache")}
    for theirs, ours in {**changes, **places}.items():
        assert theirs in text, f"{SHIPPED.name} no longer says {theirs}"
        text = text.replace(theirs, ours)
    (folder / "psot.conf").write_text(text, encoding="utf-8")
    around = folder / "nginx.conf"
    around.write_text(AROUND.format(folder=folder), encoding="utf-8")
    argv = ("nginx", "-p", str(folder), "-c", str(around))
    return Program(name="nginx", argv=argv, environment=environment)


def certify(folder: Path, address: str = "127.0.0.1") -> ssl.SSLContext:
    """Write a certificate of this hour for localhost and ``address``.

    Returns a context that trusts it alone.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(address))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    written = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "fullchain.pem").write_bytes(written)
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return ssl.create_default_context(cadata=written.decode())
