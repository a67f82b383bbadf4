/** Short tones for the own shots; silent until the racer turns them on. */
const TONES = { hit: [660, 0.09], miss: [180, 0.18], last: [880, 0.05] } as const;

export class Sound {
  #context: AudioContext | null = null;

  constructor(readonly button: HTMLButtonElement) {
    button.addEventListener("click", () => this.#turn(!this.#context));
  }

  play(name: keyof typeof TONES): void {
    const context = this.#context;
    if (!context) return;
    const [hertz, seconds] = TONES[name];
    const tone = new OscillatorNode(context, { frequency: hertz });
    const volume = new GainNode(context, { gain: 0.08 });
    tone.connect(volume).connect(context.destination);
    tone.start();
    volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + seconds);
    tone.stop(context.currentTime + seconds);
  }

  #turn(on: boolean): void {
    void this.#context?.close();
    this.#context = on ? new AudioContext() : null;
    this.button.setAttribute("aria-pressed", String(on));
    this.play("last");
  }
}
