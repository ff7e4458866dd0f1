/**
 * A picture of a screen in a third of the bytes: a screen has few colours, so the 256 that are seen most stay, and the
 * shades of its letters become the nearest of them. For what a browser writes: RGB or RGBA of 8 bits, all opaque.
 */
import { crc32, deflateSync, inflateSync } from "node:zlib";

const HEAD = 8;
const BYTES = { 2: 3, 6: 4 };
const INDEXED = 3;

function* chunks(png) {
  for (let at = HEAD; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield {
      kind: png.toString("latin1", at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
      whole: png.subarray(at, at + 12 + length),
    };
    at += 12 + length;
  }
}

/** What a filter adds to a byte from those to the left, above, and above to the left: PNG, section 9. */
function predicted(filter, left, above, corner) {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const sum = left + above - corner;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** Rows without filters. */
function plain(rows, width, high, each) {
  const wide = width * each;
  const out = Buffer.alloc((wide + 1) * high);
  for (let row = 0; row < high; row += 1) {
    const [from, above] = [row * (wide + 1), (row - 1) * (wide + 1)];
    const filter = rows[from];
    for (let at = 1; at <= wide; at += 1) {
      const left = at > each ? out[from + at - each] : 0;
      const over = row > 0 ? out[above + at] : 0;
      const corner = row > 0 && at > each ? out[above + at - each] : 0;
      out[from + at] = rows[from + at] + predicted(filter, left, over, corner);
    }
  }
  return out;
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

export function smaller(png) {
  const all = [...chunks(png)];
  const head = all[0].data;
  const each = BYTES[head[9]];
  if (head[8] !== 8 || each === undefined || head[12] !== 0) return png;
  const packed = Buffer.concat(all.filter(({ kind }) => kind === "IDAT").map(({ data }) => data));
  const rows = plain(inflateSync(packed), head.readUInt32BE(0), head.readUInt32BE(4), each);
  const colours = palette(rows, head.readUInt32BE(0), each);
  const look = new Map(colours.map((colour, at) => [colour, at]));
  const wide = head.readUInt32BE(0);
  const small = Buffer.alloc((wide + 1) * head.readUInt32BE(4));
  for (let row = 0, from = 0; from < rows.length; row += 1, from += wide * each + 1) {
    for (let at = 0; at < wide; at += 1) {
      const colour = rows.readUIntBE(from + 1 + at * each, 3);
      if (!look.has(colour)) look.set(colour, nearest(colours, colour));
      small[row * (wide + 1) + 1 + at] = look.get(colour);
    }
  }
  const header = Buffer.from(head);
  header[9] = INDEXED;
  const table = Buffer.alloc(3 * colours.length);
  for (const [at, colour] of colours.entries()) table.writeUIntBE(colour, 3 * at, 3);
  return Buffer.concat([
    png.subarray(0, HEAD),
    chunk("IHDR", header),
    chunk("PLTE", table),
    chunk("IDAT", deflateSync(small, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The colours that most of the picture has, at most 256. */
function palette(rows, wide, each) {
  const seen = new Map();
  for (let from = 0; from < rows.length; from += wide * each + 1) {
    for (let at = 0; at < wide; at += 1) {
      const colour = rows.readUIntBE(from + 1 + at * each, 3);
      seen.set(colour, (seen.get(colour) ?? 0) + 1);
    }
  }
  return [...seen]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 256)
    .map(([colour]) => colour);
}

function nearest(colours, colour) {
  const away = (other) =>
    [0, 8, 16].reduce((sum, bits) => sum + (((colour >> bits) & 255) - ((other >> bits) & 255)) ** 2, 0);
  return colours.reduce((best, other, at) => (away(other) < away(colours[best]) ? at : best), 0);
}
