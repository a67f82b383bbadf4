/** The racer's screen: holds the state, talks to the server, lets everything be drawn. */
import { Connection } from "./board/connection";
import { serverTime } from "./race/clock";
import { Feed, followAround } from "./board/feed";
import type { Ghosts } from "./race/ghosts";
import { keep, kept } from "./race/kept";
import { Line, type Sent } from "./race/link";
import { secondsNews } from "./race/news";
import type { Around } from "./race/protocol";
import { Screen } from "./race/screen";
import { Sound } from "./race/sound";
import * as known from "./race/state";
import { Words } from "./race/words";
import { post, postAndLeave, wireOf } from "./race/wire";

const TICK_MS = 100;
/** How long after a due moment is looked, and how the wait grows while nothing comes. */
const MARGIN_MS = 30;
const PATIENCE_MS = 60;
const LEAST_PATIENT_MS = 3000;
/** How often is looked where nothing is due: seldom while a board tells of the race at once. */
const IDLE_MS = { told: 20_000, untold: 5000 };
/** Ten thousand racers do not look at the same moment when a stage changes. */
const SPREAD_MS = 1500;
/** Probes sent back after entering, so that the first shot has a measured way. */
const FIRST_PROBES = 4;
const AWAY_EVERY_MS = 1000;

class Race {
  readonly #line: Line;
  readonly #screen: Screen;
  #state = known.START;
  #seat = "";
  #lookTimer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;
  #inVain = 0;
  #probes = FIRST_PROBES;
  #awayAt = -Infinity;
  #tickedAt = performance.now();

  constructor(readonly root: HTMLElement, readonly connection: Connection) {
    const { race = "", raceUrl = "", penalty = "" } = root.dataset;
    const read = (name: string): never => JSON.parse(document.getElementById(name)?.textContent ?? "{}") as never;
    const stage = {
      words: new Words(read("race-words"), read("race-regions")),
      raceUrl,
      protocolUrl: `${raceUrl}/protocol`,
      penaltyIsTime: penalty === "time",
      state: () => this.#state,
      choose: (place: number) => this.#choose(place),
      takeSeat: () => void this.#enter(),
    };
    this.#screen = new Screen(root, stage, new Sound(document.querySelector<HTMLButtonElement>("[data-sound]")!));
    this.#line = new Line(race, wireOf(connection.socket), post, (link) => this.#put(known.onLink(this.#state, link)));
  }

  start(): void {
    const { socket } = this.connection;
    socket.on("connect", () => this.#look());
    socket.on("disconnect", () => this.#look());
    addEventListener("online", () => this.#look());
    addEventListener("offline", () => this.#put(known.onLink(this.#state, "lost")));
    socket.on("race.taken_over", (told: { race: string; seat_no: number }) => {
      if (told.race === this.#line.race) this.#put(known.onTakenOver(this.#state, told.seat_no));
    });
    const board = this.root.dataset.board!;
    new Feed(this.connection, board, (rows) => this.#put(known.onBoard(this.#state, rows)));
    new Feed(this.connection, `${board}.field`, (rows) => this.#screen.field(rows));
    followAround<Around>(this.connection, board, (around) => this.#put(known.onAround(this.#state, around)));
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("blur", () => this.#away());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#away() : this.#look()));
    setInterval(() => this.#tick(), TICK_MS);
    if (this.root.dataset.ghosts) void this.#callGhosts(this.root.dataset.ghosts);
    this.#screen.show(known.START, this.#state);
    this.connection.bring(this.#enter());
  }

  /** Takes the seat; gives the ticket that comes with it, "" where none does. */
  async #enter(): Promise<string> {
    this.#line.open();
    this.#put(known.onEntering(this.#state));
    const sent = await this.#line.enter();
    if (!sent) return "";
    if (sent.answer.ok) this.#seat = sent.answer.seat ?? "";
    this.#take(sent, null);
    const waiting = kept(sessionStorage, this.#line.race);
    this.#put(known.onKept(this.#state, waiting));
    if (this.#state.pending) void this.#deliver(this.#state.pending);
    else keep(sessionStorage, this.#line.race, null);
    return sent.answer.ok ? (sent.answer.ticket ?? "") : "";
  }

  /** Takes whatever the server said, and sends its probe straight back, which measures the way. */
  #take(sent: Sent, task: number | null): void {
    const { answer, sentAt, receivedAt } = sent;
    if (!answer.ok) {
      this.#put(known.onRefused(this.#state, answer.error, task));
      if (task !== null) this.#look();
      return;
    }
    if (!answer.situation) return;
    this.#put(known.onSituation(this.#state, answer.situation, sentAt, receivedAt));
    if (this.#probes > 0) void this.#echo(answer.situation.probe);
    this.#plan();
  }

  /** Each echo brings the next probe; after the first chain the page asks what came of it. */
  async #echo(probe: string): Promise<void> {
    const first = this.#probes > 1;
    for (let next: string | undefined = probe; next && this.#probes > 0; ) {
      this.#probes -= 1;
      const sent = await this.#line.once("echo", { probe: next });
      next = sent?.answer.ok ? sent.answer.probe : undefined;
    }
    if (first) this.#look();
  }

  /** Asks where the racer is; one question at a time, whoever asks. */
  #look(): void {
    if (this.#state.seat !== "held" || this.#looking) return;
    this.#looking = true;
    this.#probes = Math.max(1, this.#probes);
    void this.#line
      .call("look", { seat: this.#seat })
      .then((sent) => sent && this.#take(sent, null))
      .finally(() => (this.#looking = false));
  }

  /** Looks again when the next thing is due by the server's clock, or after a while. */
  #plan(): void {
    clearTimeout(this.#lookTimer);
    if (this.#state.seat !== "held") return;
    const due = known.nextNews(this.#state);
    const left = due === null ? Infinity : due - serverTime(this.#state.clock, performance.now());
    if (left > 0) this.#inVain = 0;
    const told = this.#state.link === "socket" && this.#state.race !== null;
    const idle = (told ? IDLE_MS.told : IDLE_MS.untold) * (0.75 + Math.random() / 2);
    // What is due and does not come is asked for again, less and less often.
    const overdue = Math.min(LEAST_PATIENT_MS, this.#inVain && PATIENCE_MS * 2 ** this.#inVain);
    this.#lookTimer = setTimeout(() => {
      this.#inVain += 1;
      this.#look();
    }, Math.min(idle, left > 0 ? left + MARGIN_MS : overdue));
  }

  #choose(place: number): void {
    const next = known.onChoice(this.#state, place, performance.now());
    if (next === this.#state) return;
    this.#put(next);
    keep(sessionStorage, this.#line.race, next.pending);
    if (next.pending) void this.#deliver(next.pending);
  }

  async #deliver(pending: known.Pending): Promise<void> {
    const sent = await this.#line.call("answer", { seat: this.#seat, task: pending.task, option: pending.option });
    this.#probes = Math.max(1, this.#probes);
    keep(sessionStorage, this.#line.race, null);
    if (sent) this.#take(sent, pending.task);
  }

  #key(event: KeyboardEvent): void {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? (/^[1-9]$/.test(event.key) ? event.key : null);
    if (!digit || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!this.#screen.key(Number(digit) - 1)) this.#choose(Number(digit) - 1);
  }

  #away(): void {
    const now = performance.now();
    if (!known.isRacing(this.#state) || now - this.#awayAt < AWAY_EVERY_MS) return;
    this.#awayAt = now;
    postAndLeave(`/races/${this.#line.race}/away`, { seat: this.#seat });
  }

  #tick(): void {
    const now = performance.now();
    this.#screen.tick(this.#state);
    for (const one of secondsNews(this.#state, this.#tickedAt, now)) this.#screen.tell(one);
    this.#tickedAt = now;
  }

  #put(next: known.State): void {
    if (next === this.#state) return;
    const before = this.#state;
    this.#state = next;
    if (next.seat === "taken") {
      this.#line.close();
      clearTimeout(this.#lookTimer);
    }
    this.#screen.show(before, next);
    if (before.race && next.race && before.race.stage !== next.race.stage) setTimeout(() => this.#look(), Math.random() * SPREAD_MS);
    if (before.around !== next.around && known.isWaiting(next)) this.#look();
  }

  async #callGhosts(address: string): Promise<void> {
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) this.#put(known.onGhosts(this.#state, (await answer.json()) as Ghosts));
  }
}

const root = document.querySelector<HTMLElement>("[data-race]");
if (root) {
  const connection = new Connection(() => undefined);
  new Race(root, connection).start();
  connection.open();
}
