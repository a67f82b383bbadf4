/**
 * What surfaces look like in each tier. Colours are in the corners, so things that differ in colour
 * alone share a material; liquids have one of their own.
 */
import {
  type CanvasTexture, Color, DoubleSide, FrontSide, type Material as Surface, MeshBasicMaterial,
  MeshMatcapMaterial, MeshPhysicalMaterial, MeshStandardMaterial, type Texture,
} from "three";
import { type Look, type Material, MATERIALS } from "../kit/materials";
import type { Quality } from "./tiers";
import { liquidBall, textureOf } from "./textures";

/** Materials that lie in pools; colours of light on them begin `from` (0 straight down, 1 along them). */
const LIQUIDS: Partial<Record<Material, { dark: string; from: number; sheen: string[]; opacity: number }>> = {
  oil: { dark: "#0b0906", from: 0.68, sheen: ["#1d1630", "#17343d", "#3b3a1c", "#9aaab6"], opacity: 0.97 },
  water: { dark: "#54727f", from: 0.35, sheen: ["#7f9dac", "#a9c4d2", "#d6e7f0", "#ffffff"], opacity: 0.5 },
  acid: { dark: "#6f8a0c", from: 0.35, sheen: ["#8fb012", "#b9d83a", "#e3f2a0", "#ffffff"], opacity: 0.85 },
};

export const lookOf = (material: Material): Look => MATERIALS[material];

/** Parts of equal finish are drawn as one; what glows or flows stands alone. */
export function finishOf(material: Material, quality: Quality): string {
  const look = lookOf(material);
  if (LIQUIDS[material] || look.glow || material === "pit") return material;
  if (!quality.lit) return look.opacity ? material : "baked";
  const coat = quality.clearcoat && (look.coat ?? 0) >= 0.3 ? "coat" : "";
  return look.opacity ? material : `${look.rough.toFixed(1)} ${look.metal.toFixed(1)} ${coat}`;
}

export const isClear = (material: Material): boolean => (lookOf(material).opacity ?? 1) < 1;

/** Makes each material once; everything is freed together. */
export class Materials {
  private readonly made = new Map<string, Surface>();
  private readonly drawn = new Map<string, Texture>();

  constructor(readonly quality: Quality) {}

  /** Surface of parts whose finish is that of `material`. */
  of(material: Material): Surface {
    return this.once(finishOf(material, this.quality), () => this.make(material));
  }

  /** Surface with a picture on it. */
  picture(name: string, draw: () => HTMLCanvasElement): Surface {
    return this.once(`picture ${name}`, () => this.plain({ map: this.texture(name, draw), alphaTest: 0.5 }));
  }

  /** Surface of a stage: a colour, or a picture, and how rough it is. */
  plain(given: { color?: number; map?: Texture; rough?: number; metal?: number; alphaTest?: number; both?: boolean; vertexColors?: boolean }): Surface {
    const { rough = 0.6, metal = 0, both = false, ...rest } = given;
    const side = both ? DoubleSide : FrontSide;
    const surface = this.quality.lit
      ? new MeshStandardMaterial({ ...rest, side, roughness: rough, metalness: metal })
      : new MeshBasicMaterial({ ...rest, side });
    this.made.set(surface.uuid, surface);
    return surface;
  }

  /** Any other surface, to be freed with the rest. */
  keep<S extends Surface>(surface: S): S {
    this.made.set(surface.uuid, surface);
    return surface;
  }

  texture(name: string, draw: () => HTMLCanvasElement): CanvasTexture {
    const known = this.drawn.get(name);
    if (known) return known as CanvasTexture;
    const texture = textureOf(draw(), this.quality.anisotropy);
    this.drawn.set(name, texture);
    return texture;
  }

  dispose(): void {
    for (const one of this.made.values()) one.dispose();
    for (const one of this.drawn.values()) one.dispose();
    this.made.clear();
    this.drawn.clear();
  }

  private once(key: string, make: () => Surface): Surface {
    const known = this.made.get(key);
    if (known) return known;
    const surface = make();
    this.made.set(key, surface);
    return surface;
  }

  private make(material: Material): Surface {
    const look = lookOf(material);
    const clear = isClear(material);
    const seen = { vertexColors: true, transparent: clear, opacity: look.opacity ?? 1, depthWrite: !clear };
    if (LIQUIDS[material]) return this.liquid(material);
    // Nothing of its own, but the floor is not drawn there: what is deep below shows.
    if (material === "pit") return new MeshBasicMaterial({ colorWrite: false });
    if (!this.quality.lit) return new MeshBasicMaterial(seen);
    const lit = { ...seen, roughness: look.rough, metalness: look.metal };
    if (look.glow) {
      const emissive = new Color(look.glow_color ?? look.color);
      return new MeshStandardMaterial({ ...lit, emissive, emissiveIntensity: look.glow });
    }
    if (!finishOf(material, this.quality).endsWith("coat")) return new MeshStandardMaterial(lit);
    return new MeshPhysicalMaterial({ ...lit, clearcoat: look.coat ?? 0, clearcoatRoughness: 0.35 });
  }

  /** Liquids mirror what is above them; oil shimmers as thin films do. */
  private liquid(material: Material): Surface {
    const { dark, from, sheen, opacity } = LIQUIDS[material] as NonNullable<(typeof LIQUIDS)[Material]>;
    const seen = { transparent: true, opacity, depthWrite: false, polygonOffset: true, polygonOffsetFactor: -2 };
    if (this.quality.tier !== "high") {
      const matcap = this.texture(`liquid ${material}`, () => liquidBall(dark, from, sheen));
      return new MeshMatcapMaterial({ ...seen, matcap });
    }
    const film = material === "oil" ? { iridescence: 1, iridescenceIOR: 1.42, iridescenceThicknessRange: [180, 420] as [number, number] } : {};
    return new MeshPhysicalMaterial({
      ...seen, ...film, color: dark, roughness: 0.04, metalness: 0, clearcoat: 1, clearcoatRoughness: 0.02, envMapIntensity: 2.2,
    });
  }
}
