/** The virtual workplace: a run, its debrief, a trainer's class, an author's desk; each page has one. */
import { startRun } from "./workplace/run";

const on = (id: string, start: (root: HTMLElement) => unknown): void => {
  const root = document.getElementById(id);
  if (root) void start(root);
};

on("workplace", startRun);
on("workplace-debrief", async (root) => (await import("./workplace/debrief")).startDebrief(root));
on("workplace-class", async (root) => (await import("./workplace/class")).startClass(root));
on("workplace-author", async (root) => (await import("./workplace/author")).startAuthor(root));
