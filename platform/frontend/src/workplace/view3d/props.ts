/**
 * Props of an operator: binary glTF 2.0 with everything inside one file. Read are nodes, triangles,
 * base colour (plain or a picture), roughness, metal, glow and transparency; skins, animations and
 * compressed meshes are not. Comes only with the first prop.
 */
import { BufferAttribute, BufferGeometry, Color, Group, Matrix4, Mesh, Quaternion, RepeatWrapping, SRGBColorSpace, Texture, Vector3 } from "three";
import type { Materials } from "./materials";
import { bakeInto } from "./geometry";

interface Gltf {
  scene?: number;
  scenes?: { nodes?: number[] }[];
  nodes?: { mesh?: number; children?: number[]; matrix?: number[]; translation?: number[]; rotation?: number[]; scale?: number[] }[];
  meshes?: { primitives: { attributes: Record<string, number>; indices?: number; material?: number; mode?: number }[] }[];
  accessors?: { bufferView?: number; byteOffset?: number; componentType: number; normalized?: boolean; count: number; type: string }[];
  bufferViews?: { buffer: number; byteOffset?: number; byteLength: number; byteStride?: number }[];
  materials?: {
    pbrMetallicRoughness?: { baseColorFactor?: number[]; baseColorTexture?: { index: number }; metallicFactor?: number; roughnessFactor?: number };
    emissiveFactor?: number[];
    alphaMode?: string;
    doubleSided?: boolean;
  }[];
  textures?: { source?: number }[];
  images?: { bufferView?: number; mimeType?: string }[];
}

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const TRIANGLES = 4;
const WIDTHS: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 };
const READS: Record<number, { bytes: number; most: number; read: (view: DataView, at: number) => number }> = {
  5120: { bytes: 1, most: 127, read: (view, at) => view.getInt8(at) },
  5121: { bytes: 1, most: 255, read: (view, at) => view.getUint8(at) },
  5122: { bytes: 2, most: 32767, read: (view, at) => view.getInt16(at, true) },
  5123: { bytes: 2, most: 65535, read: (view, at) => view.getUint16(at, true) },
  5125: { bytes: 4, most: 4294967295, read: (view, at) => view.getUint32(at, true) },
  5126: { bytes: 4, most: 1, read: (view, at) => view.getFloat32(at, true) },
};

/** Header and body of a binary glTF file. Throws where it is none. */
export function opened(file: ArrayBuffer): { gltf: Gltf; body: DataView } {
  const view = new DataView(file);
  if (file.byteLength < 20 || view.getUint32(0, true) !== MAGIC || view.getUint32(16, true) !== JSON_CHUNK) throw new Error("not a binary glTF file");
  const long = view.getUint32(12, true);
  const gltf = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 20, long))) as Gltf;
  const from = Math.min(20 + long + 8, file.byteLength);
  return { gltf, body: new DataView(file, from) };
}

/** Numbers of an accessor, one after the other. */
export function numbers({ gltf, body }: { gltf: Gltf; body: DataView }, nth: number): number[] {
  const accessor = gltf.accessors?.[nth];
  const view = gltf.bufferViews?.[accessor?.bufferView ?? -1];
  const how = READS[accessor?.componentType ?? 0];
  const width = WIDTHS[accessor?.type ?? ""];
  if (!accessor || !view || !how || !width) throw new Error("a glTF accessor that cannot be read");
  const step = view.byteStride ?? how.bytes * width;
  const start = (view.byteOffset ?? 0) + (accessor.byteOffset ?? 0);
  const scale = accessor.normalized ? 1 / how.most : 1;
  return Array.from({ length: accessor.count * width }, (_, at) => how.read(body, start + Math.floor(at / width) * step + (at % width) * how.bytes) * scale);
}

/** The prop at an address. Rejects where it cannot be had or read. */
export async function loadProp(address: string, materials: Materials): Promise<Group> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} for a prop`);
  const file = opened(await answer.arrayBuffer());
  const { gltf } = file;
  const pictures = await Promise.all((gltf.textures ?? []).map(({ source = -1 }) => picture(file, source)));
  const node = (nth: number): Group => {
    const { matrix, translation = [0, 0, 0], rotation = [0, 0, 0, 1], scale = [1, 1, 1], mesh = -1, children = [] } = gltf.nodes?.[nth] ?? {};
    const group = new Group();
    const place = matrix ? new Matrix4().fromArray(matrix) : new Matrix4().compose(new Vector3().fromArray(translation), new Quaternion().fromArray(rotation), new Vector3().fromArray(scale));
    place.decompose(group.position, group.quaternion, group.scale);
    for (const one of gltf.meshes?.[mesh]?.primitives ?? []) {
      if ((one.mode ?? TRIANGLES) === TRIANGLES) group.add(meshOf(file, one, pictures, materials));
    }
    for (const child of children) group.add(node(child));
    return group;
  };
  const root = new Group();
  for (const nth of gltf.scenes?.[gltf.scene ?? 0]?.nodes ?? []) root.add(node(nth));
  return root;
}

type Primitive = NonNullable<Gltf["meshes"]>[number]["primitives"][number];

function meshOf(file: ReturnType<typeof opened>, { attributes, indices, material = -1 }: Primitive, pictures: (Texture | null)[], materials: Materials): Mesh {
  const geometry = new BufferGeometry();
  const put = (name: string, from: string, width: number): void => {
    const nth = attributes[from];
    if (nth !== undefined) geometry.setAttribute(name, new BufferAttribute(new Float32Array(numbers(file, nth)), width));
  };
  put("position", "POSITION", 3);
  put("normal", "NORMAL", 3);
  put("uv", "TEXCOORD_0", 2);
  if (indices !== undefined) geometry.setIndex(numbers(file, indices));
  if (!geometry.hasAttribute("normal")) geometry.computeVertexNormals();
  const { pbrMetallicRoughness: pbr = {}, emissiveFactor = [0, 0, 0], alphaMode = "OPAQUE", doubleSided = false } = file.gltf.materials?.[material] ?? {};
  const [r = 1, g = 1, b = 1, opacity = 1] = pbr.baseColorFactor ?? [];
  const colour = new Color(r, g, b).add(materials.quality.lit ? new Color(0) : new Color().fromArray(emissiveFactor));
  bakeInto(geometry, colour, materials.quality);
  const map = pictures[pbr.baseColorTexture?.index ?? -1] ?? null;
  const surface = materials.plain({ rough: pbr.roughnessFactor ?? 1, metal: pbr.metallicFactor ?? 1, both: doubleSided, vertexColors: true, ...(map ? { map } : {}) });
  if (alphaMode === "BLEND") Object.assign(surface, { transparent: true, opacity, depthWrite: false });
  const mesh = new Mesh(geometry, surface);
  mesh.castShadow = mesh.receiveShadow = true;
  return mesh;
}

async function picture({ gltf, body }: ReturnType<typeof opened>, source: number): Promise<Texture | null> {
  const image = gltf.images?.[source];
  const view = gltf.bufferViews?.[image?.bufferView ?? -1];
  if (!image || !view) return null;
  const bytes = new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset + (view.byteOffset ?? 0), view.byteLength);
  const texture = new Texture(await createImageBitmap(new Blob([bytes], { type: image.mimeType ?? "image/png" })));
  texture.colorSpace = SRGBColorSpace;
  texture.flipY = false;
  texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.needsUpdate = true;
  return texture;
}
