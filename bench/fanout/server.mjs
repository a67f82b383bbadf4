// A peer of bench/fanout.py: a bare Socket.IO server with one room.
//
//     node server.mjs PORT
//
// Orders on its input are those of bench/fanout_publisher.py; what it sends has the same length.

import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Server } from "socket.io";

const ROOM = "board";

const http = createServer((_request, response) => response.end("ok"));
const io = new Server(http, { transports: ["websocket"], serveClient: false });
io.on("connection", (socket) => socket.join(ROOM));

function delta(seq, at, pad) {
  const row = { seq, at, pad };
  const told = { from: seq, to: seq + 1, set: { row }, gone: [] };
  return { board: "ratings:fanout", epoch: "0".repeat(16), ...told };
}

async function speak({ size, every_s, count, first }) {
  const begun = performance.now();
  for (let nth = 0; nth < count; nth += 1) {
    await sleep(Math.max(0, begun + nth * every_s * 1000 - performance.now()));
    const seq = first + nth;
    const at = Number(process.hrtime.bigint());
    const bare = `42${JSON.stringify(["board.delta", delta(seq, at, "")])}`.length;
    io.to(ROOM).emit("board.delta", delta(seq, at, "x".repeat(Math.max(0, size - bare))));
  }
  process.stdout.write("{}\n");
}

http.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 2048 });
for await (const line of createInterface({ input: process.stdin })) {
  await speak(JSON.parse(line));
}
process.exit(0);
