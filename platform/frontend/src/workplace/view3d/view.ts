/** The 3D view: puts scene, walking, overview, picking and marks together, and draws when something changes. */
import { PerspectiveCamera, Scene, type WebGLRenderer } from "three";
import { hung, rendererOn } from "./canvas";
import { Contact } from "./contact";
import { type Mark, type Mode, type Options, type View as Contract, type Words, WORDS, type World } from "./contract";
import { Ground } from "./ground";
import { Headset } from "./headset";
import { Input } from "./input";
import { Light } from "./light";
import { Marks } from "./marks";
import { Materials } from "./materials";
import { Things } from "./objects";
import { Order } from "./order";
import { viewOf } from "./outlook";
import { Overview } from "./overview";
import { Picking, type Point } from "./picking";
import { Stage } from "./stage/stage";
import { type Figures, Stats } from "./stats";
import { type Quality, TIERS, type Tier } from "./tiers";
import { Walking } from "./walking";
import { Whereabouts } from "./whereabouts";

const LOOK_RAD_PX = 0.0042;
/** A picture after this pause is the first of a movement. */
const PAUSE_MS = 120;

export class View implements Contract {
  mode: Mode = "walk";
  enterHeadset?: () => Promise<void>;
  linePoint?: (key: string) => { x: number; y: number; z: number } | null;
  private readonly quality: Quality;
  private readonly words: Words;
  private readonly canvas: HTMLCanvasElement;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(62, 1, 0.06, 400);
  private readonly renderer: WebGLRenderer;
  private readonly materials: Materials;
  private readonly ground: Ground;
  private readonly stage: Stage;
  private readonly light: Light;
  private readonly things: Things;
  private readonly contact: Contact;
  private readonly marks: Marks;
  private readonly picking: Picking;
  private readonly walking: Walking;
  private readonly overview: Overview;
  private readonly input: Input;
  private readonly headset: Headset;
  private readonly counted: Stats;
  private readonly sizes: ResizeObserver;
  private readonly said: HTMLElement;
  private readonly order: Order;
  private readonly whereabouts: Whereabouts;
  private readonly pickers: ((id: string | null) => void)[] = [];
  private settling = 0;
  private asked = 0;
  private dirty = true;
  private last_ms = 0;
  private pointer: Point | null = null;
  private gone = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly world: World,
    private readonly options: Options,
    given: { canvas: HTMLCanvasElement; tier: Tier; renderer: string; since_ms: number },
  ) {
    const { site, objects } = world.scenario;
    this.canvas = given.canvas;
    this.quality = TIERS[given.tier];
    this.words = { ...WORDS, ...options.strings };
    this.counted = new Stats(given.tier, given.renderer, given.since_ms);
    this.renderer = rendererOn(this.canvas, this.quality);
    this.said = hung(this.canvas, host, this.words.scene);
    this.materials = new Materials(this.quality);
    this.ground = new Ground(site.size);
    const changed = (): void => this.invalidate(true);
    this.stage = new Stage(this.scene, world.scenario, this.materials);
    this.light = new Light(this.scene, this.renderer, site, this.materials);
    this.things = new Things(this.scene, this.materials, this.ground, changed);
    for (const { id } of objects) this.things.show(world.object(id));
    this.contact = new Contact(this.scene, this.materials, this.things, (id) => world.object(id));
    this.contact.show();
    this.marks = new Marks(host, this.materials, this.things, (id) => world.object(id).name);
    this.picking = new Picking(this.canvas, this.camera, this.things);
    this.walking = new Walking(this.ground, site);
    this.whereabouts = new Whereabouts(this.walking);
    this.order = new Order(this.things, this.marks, this.walking, (id) => (this.said.textContent = id && world.object(id).name));
    this.overview = new Overview(this.camera, this.canvas, site, () => this.invalidate());
    this.input = new Input(this.canvas, host, this.meant(), this.words.stick);
    this.headset = new Headset(this.renderer, this.scene, this.camera, {
      words: this.words, world, ground: this.ground, things: this.things, picking: this.picking, walking: this.walking,
      picked: (id) => this.tellPick(id), drawn: () => this.draw(performance.now()),
      menu: options.menu, left: () => this.leftHeadset(), marked: (id, mark) => this.mark(id, mark),
    });
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(host);
    this.canvas.addEventListener("webglcontextlost", this.lost);
    this.resize();
    this.light.cast();
  }

  get tier(): Tier {
    return this.quality.tier;
  }

  /** Draws the first picture, and finds out whether there is a headset. */
  async begin(): Promise<this> {
    const beside = this.renderer.extensions.has("KHR_parallel_shader_compile");
    if (beside) await this.renderer.compileAsync(this.scene, this.camera).catch(() => undefined);
    if (this.gone) return this;
    this.draw(performance.now());
    if (await this.headset.offered()) {
      this.linePoint = (key) => this.headset.pointOf(key);
      this.enterHeadset = async () => {
        this.setMode("walk");
        await this.headset.enter();
        this.options.onHeadset?.(true);
      };
    }
    return this;
  }

  setMode(mode: Mode): void {
    if (this.gone || mode === this.mode) return;
    this.mode = mode;
    this.input.dragging = mode === "walk";
    this.stage.show(mode);
    if (mode === "overview") this.overview.enter();
    else this.overview.leave();
    this.invalidate();
  }

  lookAt(id: string): void {
    const thing = this.things.get(id);
    // In a headset nobody is moved: the head and the floor decide what is seen.
    if (this.gone || !thing || this.headset.inside) return;
    if (this.mode === "overview") this.overview.lookAt(thing.box);
    else {
      this.walking.go(viewOf(thing, this.walking.pose, this.ground, this.picking), this.options.reduced ? null : performance.now());
      this.walking.put(this.camera);
    }
    this.invalidate();
  }

  mark(id: string, mark: Mark): void {
    if (this.gone) return;
    this.marks.set(id, mark);
    this.invalidate();
  }

  onPick(listener: (id: string | null) => void): void {
    this.pickers.push(listener);
  }

  onMove(listener: (x: number, z: number, heading_deg: number) => void): void {
    this.whereabouts.listen(listener);
  }

  screenPoint(id: string): Point | null {
    const thing = this.things.get(id);
    if (this.gone || !thing) return null;
    if (this.mode === "walk") this.walking.put(this.camera);
    return this.picking.pointOf(thing);
  }

  refresh(id: string): void {
    if (this.gone || !this.things.get(id) || !this.things.show(this.world.object(id))) return;
    this.marks.outlines.forget(id);
    this.marks.draw(id);
    this.contact.show();
    this.invalidate(true);
  }

  stats(): Figures {
    return this.counted.figures(this.renderer);
  }

  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    cancelAnimationFrame(this.asked);
    clearTimeout(this.settling);
    this.whereabouts.stop();
    this.canvas.removeEventListener("webglcontextlost", this.lost);
    this.sizes.disconnect();
    for (const one of [this.headset, this.input, this.overview, this.marks, this.contact, this.things, this.stage, this.light, this.materials]) one.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
    this.canvas.remove();
    this.said.remove();
  }

  private meant(): ConstructorParameters<typeof Input>[2] {
    return {
      look: (dx, dy) => {
        this.walking.look(dx * LOOK_RAD_PX, dy * LOOK_RAD_PX * 0.85);
        this.invalidate();
      },
      hover: (at) => {
        this.pointer = at;
        this.request();
      },
      pick: (at) => this.tellPick(this.picking.at(at)),
      goTo: (at) => this.goTo(at),
      open: () => {
        const id = this.order.id ?? (this.mode === "walk" ? this.picking.middle() : null);
        if (id) this.tellPick(id);
      },
      cycle: (way) => this.cycle(way),
      escape: () => {
        this.order.leave();
        this.invalidate();
        this.tellPick(null);
      },
      stir: () => this.request(),
    };
  }

  private tellPick(id: string | null): void {
    for (const listener of this.pickers) listener(id);
  }

  /** To the next object; after the last one the keyboard leaves the picture. */
  private cycle(way: 1 | -1): boolean {
    const id = this.order.go(way);
    if (id) this.lookAt(id);
    this.invalidate();
    return id !== undefined;
  }

  private goTo(at: Point): void {
    if (this.mode !== "walk" || this.picking.at(at)) return;
    const floor = this.picking.floor(at);
    if (!floor) return;
    const [x, z] = this.ground.inside([floor.x, floor.z]);
    if (!this.ground.free(x, z) || Math.hypot(x - floor.x, z - floor.z) > 1.5) return;
    const { yaw } = this.walking.pose;
    this.walking.go({ x, z, yaw, pitch: -0.1 }, this.options.reduced ? null : performance.now());
    this.invalidate();
  }

  /** Asks for a picture: something is not as drawn; `solid` where shadows are not either. */
  private invalidate(solid = false): void {
    if (solid) this.light.cast();
    this.dirty = true;
    this.request();
  }

  private request(): void {
    if (this.asked || this.gone || this.headset.inside) return;
    this.asked = requestAnimationFrame((now_ms) => this.tick(now_ms));
  }

  private tick(now_ms: number): void {
    this.asked = 0;
    if (this.gone || this.headset.inside) return;
    const since_ms = now_ms - this.last_ms;
    const dt_s = since_ms > PAUSE_MS * 4 ? 0.016 : since_ms / 1000;
    this.last_ms = now_ms;
    const pushed = this.input.push();
    if (pushed) {
      if (this.mode === "walk") this.walking.step(pushed.push, Math.min(dt_s, 0.25), pushed.hurry);
      else this.overview.step(pushed.push, Math.min(dt_s, 0.25));
      this.order.forget();
    }
    const flown = this.walking.fly(now_ms);
    if (this.pointer) {
      const id = this.picking.at(this.pointer);
      this.pointer = null;
      this.canvas.style.cursor = id ? "pointer" : "grab";
      if (this.marks.hover(id)) this.dirty = true;
    }
    if (pushed || flown || this.dirty) {
      this.pace(Boolean(pushed) || flown || this.input.dragged);
      this.draw(now_ms);
    }
    if (this.input.awake || this.walking.flying) this.request();
  }

  /** Draws coarser while something moves, where drawing is slow; and once more in full when it rests. */
  private pace(moving: boolean): void {
    const full = Math.min(window.devicePixelRatio || 1, this.quality.ratio_max);
    const ratio = moving ? full * this.quality.moving_ratio : full;
    if (Math.abs(this.renderer.getPixelRatio() - ratio) > 0.01) this.renderer.setPixelRatio(ratio);
    clearTimeout(this.settling);
    if (ratio < full) this.settling = window.setTimeout(() => this.invalidate(), PAUSE_MS);
  }

  private draw(now_ms: number): void {
    const before_ms = performance.now();
    this.dirty = false;
    if (!this.headset.inside) {
      if (this.mode === "walk") this.walking.put(this.camera);
      this.stage.turnTo(this.camera);
    }
    this.renderer.render(this.scene, this.camera);
    this.marks.labels.follow(this.camera, this.host.clientWidth, this.host.clientHeight);
    this.counted.drawn(performance.now() - before_ms);
    this.whereabouts.tell(now_ms);
  }

  private leftHeadset(): void {
    this.options.onHeadset?.(false);
    this.resize();
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (this.gone || this.headset?.inside || !width || !height) return;
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.marks.outlines.resize(width, height);
    this.invalidate();
  }

  private readonly lost = (event: Event): void => {
    event.preventDefault();
    this.dispose();
    this.options.onLost?.();
  };
}
