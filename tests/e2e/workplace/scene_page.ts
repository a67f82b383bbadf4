// A page with nothing but the 3D view, and an engine that behaves: what it is told to show, it shows.
import type { Action, Effect, Placed, Scenario } from "../../../platform/frontend/src/workplace/types";
import { createView } from "../../../platform/frontend/src/workplace/view3d";

const asked = new URLSearchParams(location.search);
const scenario = (await (await fetch(`scenario.json?id=${asked.get("id") ?? ""}`)).json()) as Scenario;
const objects = new Map<string, Placed>(scenario.objects.map((one) => [one.id, one]));
const acted: Action[] = [];
const engine = {
  scenario,
  object: (id: string): Placed => objects.get(id) as Placed,
  async act(action: Action): Promise<Effect[]> {
    acted.push(action);
    return action.kind === "report" ? [{ t: "reported", object: action.object, verdict: "right", text: "Верно" }] : [];
  },
};
const told = { picked: [] as (string | null)[], moved: [] as number[][], lost: 0, headset: [] as boolean[], fault: "" };
const house = { engine, objects, acted, told, view: null as Awaited<ReturnType<typeof createView>> | null };
Object.assign(window, { house });
try {
  const tier = asked.get("tier");
  const view = await createView(document.getElementById("host") as HTMLElement, engine, {
    tier: tier === "low" || tier === "mid" || tier === "high" ? tier : undefined,
    reduced: asked.get("calm") !== "no",
    onLost: () => (told.lost += 1),
    onHeadset: (inside) => told.headset.push(inside),
  });
  view.onPick((id) => told.picked.push(id));
  view.onMove((...place) => told.moved.push(place));
  house.view = view;
} catch (error) {
  told.fault = (error as Error).name;
}
document.body.dataset["ready"] = "yes";
