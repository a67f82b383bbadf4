/** The same in a headset: rays of the controllers pick, a trigger on the floor goes there. */
import {
  BoxGeometry, Group, Mesh, MeshBasicMaterial, type PerspectiveCamera, Raycaster, RingGeometry, type Scene, Vector3, type WebGLRenderer, type XRTargetRaySpace,
} from "three";
import type { Mark, Words, World } from "./contract";
import type { Ground } from "./ground";
import type { Line, Menu } from "../menus";
import { type Button, Card, MOST_LINES } from "./headset-card";
import type { Things } from "./objects";
import type { Picking } from "./picking";
import type { Walking } from "./walking";

interface Surroundings {
  words: Words;
  world: World;
  ground: Ground;
  things: Things;
  picking: Picking;
  walking: Walking;
  picked(id: string | null): void;
  marked(id: string, mark: Mark): void;
  drawn(): void;
  menu: ((object: string | null) => Menu) | undefined;
  left(): void;
}

const RAY_M = 6;
/** A card hangs this far in front of the eyes. */
const CARD_M = 1.1;

export class Headset {
  private readonly rig = new Group();
  private readonly ray = new Raycaster();
  private readonly card: Card;
  private readonly spot: Mesh;
  private readonly hands: XRTargetRaySpace[] = [];
  private session: XRSession | null = null;

  constructor(
    private readonly renderer: WebGLRenderer,
    private readonly scene: Scene,
    private readonly camera: PerspectiveCamera,
    private readonly on: Surroundings,
  ) {
    this.card = new Card();
    const ring = new RingGeometry(0.16, 0.22, 32).rotateX(-Math.PI / 2);
    this.spot = new Mesh(ring, new MeshBasicMaterial({ color: 0xffb81c, transparent: true, opacity: 0.85, depthWrite: false }));
    this.spot.visible = false;
  }

  get inside(): boolean {
    return this.session !== null;
  }

  /** Whether there is a headset to enter. */
  async offered(): Promise<boolean> {
    const xr = (navigator as Navigator & { xr?: XRSystem }).xr;
    return (await xr?.isSessionSupported("immersive-vr").catch(() => false)) ?? false;
  }

  async enter(): Promise<void> {
    if (this.session) return;
    const xr = (navigator as Navigator & { xr?: XRSystem }).xr as XRSystem;
    const session = await xr.requestSession("immersive-vr", { optionalFeatures: ["local-floor"] });
    this.session = session;
    this.renderer.xr.enabled = true;
    this.renderer.xr.setReferenceSpaceType("local-floor");
    session.addEventListener("end", () => this.leave(), { once: true });
    const { x, z, yaw } = this.on.walking.pose;
    this.rig.position.set(x, 0, z);
    this.rig.rotation.y = yaw;
    this.rig.add(this.camera);
    this.scene.add(this.rig, this.card.mesh, this.spot);
    for (const nth of [0, 1]) this.hold(this.renderer.xr.getController(nth));
    await this.renderer.xr.setSession(session);
    this.renderer.setAnimationLoop(() => this.tick());
  }

  dispose(): void {
    void this.session?.end().catch(() => undefined);
    this.card.dispose();
    this.spot.geometry.dispose();
    (this.spot.material as MeshBasicMaterial).dispose();
  }

  private hold(hand: XRTargetRaySpace): void {
    const line = new BoxGeometry(0.004, 0.004, RAY_M).translate(0, 0, -RAY_M / 2);
    const ray = new Mesh(line, new MeshBasicMaterial({ color: 0xffb81c }));
    hand.add(ray);
    hand.addEventListener("select", this.selected);
    this.rig.add(hand);
    this.hands.push(hand);
  }

  private leave(): void {
    this.session = null;
    this.renderer.setAnimationLoop(null);
    this.renderer.xr.enabled = false;
    for (const hand of this.hands) {
      hand.removeEventListener("select", this.selected);
      for (const one of hand.children) if (one instanceof Mesh) (one.geometry.dispose(), (one.material as MeshBasicMaterial).dispose());
      hand.clear();
    }
    this.hands.length = 0;
    const { pose } = this.on.walking;
    [pose.x, pose.z] = [this.rig.position.x, this.rig.position.z];
    this.scene.remove(this.rig, this.card.mesh, this.spot);
    this.rig.clear();
    this.card.hide();
    this.on.left();
  }

  private tick(): void {
    const hand = this.hands.find((one) => one.visible);
    const floor = hand ? this.floorOf(hand) : null;
    this.spot.visible = floor !== null;
    if (floor) this.spot.position.set(floor.x, 0.02, floor.z);
    this.on.drawn();
  }

  private aim(hand: XRTargetRaySpace): void {
    hand.updateWorldMatrix(true, false);
    this.ray.ray.origin.setFromMatrixPosition(hand.matrixWorld);
    this.ray.ray.direction.set(0, 0, -1).transformDirection(hand.matrixWorld);
  }

  /** Where a controller points to on the floor and one may stand. */
  private floorOf(hand: XRTargetRaySpace): Vector3 | null {
    this.aim(hand);
    const { origin, direction } = this.ray.ray;
    if (direction.y > -0.05 || this.on.picking.along(origin, direction)) return null;
    const at = origin.clone().addScaledVector(direction, -origin.y / direction.y);
    const [x, z] = this.on.ground.inside([at.x, at.z]);
    const near = Math.hypot(x - at.x, z - at.z) < 0.4 && origin.distanceTo(at) < 12;
    return near && this.on.ground.free(x, z) ? new Vector3(x, 0, z) : null;
  }

  private readonly selected = (event: { target: XRTargetRaySpace }): void => {
    this.aim(event.target);
    const button = this.card.buttonAt(this.ray);
    if (button) return button.press();
    const id = this.on.picking.along(this.ray.ray.origin, this.ray.ray.direction);
    if (id) return this.open(id);
    const floor = this.floorOf(event.target);
    if (!floor) return this.card.mesh.visible ? this.card.hide() : this.open(null);
    // The member stands somewhere beside the middle of the tracked space.
    const eyes = this.camera.getWorldPosition(new Vector3()).sub(this.rig.position);
    this.rig.position.set(floor.x - eyes.x, 0, floor.z - eyes.z);
    const { pose } = this.on.walking;
    [pose.x, pose.z] = [floor.x, floor.z];
    this.card.hide();
  };

  /** Where a line of the card hangs, in metres. */
  pointOf(key: string): Vector3 | null {
    return this.card.pointOf(key);
  }

  /** What may be done with an object, or with none, on a card in front of the eyes. */
  private open(id: string | null): void {
    if (id) {
      this.on.picked(id);
      this.on.marked(id, "selected");
    }
    const { menu } = this.on;
    this.show(menu ? menu(id) : id ? this.reportOf(id) : null, id);
  }

  /** Shows a menu, as many lines of it as a card holds, from `first` on. */
  private show(menu: Menu | null, id: string | null, first = 0): void {
    if (!menu) {
      if (id) this.on.marked(id, "");
      return this.card.hide();
    }
    const { words } = this.on;
    const leave: Line = { key: "leave", text: words.leave, press: () => Promise.resolve(null) };
    const all = id === null ? [...menu.lines, leave] : menu.lines;
    const room = all.length > MOST_LINES ? MOST_LINES - 1 : MOST_LINES;
    const buttons: Button[] = all.slice(first, first + room).map((line) => ({
      ...line,
      press: () => {
        if (line === leave) return void this.session?.end();
        void line.press().then((next) => this.session && this.show(next, id, next && next.title === menu.title && next.lines.length === menu.lines.length ? first : 0));
      },
    }));
    const next = first + room < all.length ? first + room : 0;
    if (room < all.length) buttons.push({ key: "more", text: words.more, press: () => this.show(menu, id, next) });
    const eyes = this.camera.getWorldPosition(new Vector3());
    const ahead = this.camera.getWorldDirection(new Vector3()).setY(0).normalize();
    this.card.show(menu.title, menu.text, buttons, eyes.clone().addScaledVector(ahead, CARD_M).setY(eyes.y - 0.15), eyes);
  }

  /** Where nobody says what can be done: an object can be reported, asked for twice. */
  private reportOf(id: string): Menu {
    const { words, world } = this.on;
    const { name, look } = world.object(id);
    const close: Line = { key: "no", text: words.no, press: () => Promise.resolve(null) };
    const report = (): Promise<Menu> =>
      world.act({ kind: "report", object: id }).then(
        (effects) => {
          const told = effects.find((one) => one.t === "reported");
          return { title: name, text: told && "text" in told ? told.text : "", lines: [close] };
        },
        (error: unknown) => ({ title: name, text: error instanceof Error ? error.message : "", lines: [close] }),
      );
    const sure: Menu = { title: name, text: words.sure, lines: [{ key: "yes", text: words.yes, main: true, press: report }, close] };
    return { title: name, text: look, lines: [{ key: "report", text: words.report, main: true, press: () => Promise.resolve(sure) }, close] };
  }
}
