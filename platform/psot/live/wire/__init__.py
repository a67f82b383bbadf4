"""Websockets of our own: RFC 6455 over gevent, without a greenlet for each client's writing."""
