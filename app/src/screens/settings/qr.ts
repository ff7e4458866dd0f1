/**
 * A QR code of a short address: ISO/IEC 18004, versions 2 to 4, level L, bytes, mask 0. Those have one block and one
 * alignment pattern, which is all that an address of a kiln needs.
 */

/** Bytes of data and of correction by version: ISO/IEC 18004:2015, table 9. */
const SIZES = [
  { version: 2, data: 34, correction: 10 },
  { version: 3, data: 55, correction: 15 },
  { version: 4, data: 80, correction: 20 },
] as const;
/** Level L with mask 0, as it is written: ISO/IEC 18004:2015, annex C. */
const FORMAT = 0b111011111000100;
/** x⁸ + x⁴ + x³ + x² + 1, the field that the correction is computed in. */
const FIELD = 0x11d;

/** Rows of modules, true for dark; null where the text is too long. */
export function qrCode(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text);
  const size = SIZES.find(({ data }) => bytes.length + 2 <= data);
  if (!size) return null;
  const words = [...dataOf(bytes, size.data)];
  const all = [...words, ...correctionOf(words, size.correction)];
  const bits = all.flatMap((word) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (word >> bit) & 1));
  return drawn(17 + 4 * size.version, bits);
}

/** Mode and length, the bytes, an end, and what fills the rest. */
function dataOf(bytes: Uint8Array, most: number): Uint8Array {
  const words = new Uint8Array(most);
  // Four bits of mode shift everything by half a byte.
  const put = (at: number, byte: number) => {
    words[at] = (words[at] ?? 0) | (byte >> 4);
    words[at + 1] = (words[at + 1] ?? 0) | ((byte << 4) & 0xff);
  };
  words[0] = 0x40;
  put(0, bytes.length);
  bytes.forEach((byte, at) => void put(at + 1, byte));
  for (let at = bytes.length + 2; at < most; at += 1) words[at] = (at - bytes.length) % 2 === 0 ? 0xec : 0x11;
  return words;
}

const times = (a: number, b: number): number => {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ (product & 0x80 ? FIELD : 0);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
};

/** Reed and Solomon's remainder. */
function correctionOf(words: readonly number[], count: number): number[] {
  let divisor = [1];
  for (let [at, root] = [0, 1]; at < count; at += 1, root = times(root, 2)) {
    const by = root;
    divisor = [...divisor, 0].map((value, place) => value ^ times(divisor[place - 1] ?? 0, by));
  }
  let rest: number[] = new Array(count).fill(0);
  for (const word of words) {
    const factor = word ^ (rest[0] ?? 0);
    rest = divisor.slice(1).map((value, at) => (rest[at + 1] ?? 0) ^ times(value, factor));
  }
  return rest;
}

function drawn(side: number, bits: readonly number[]): boolean[][] {
  const rows: (boolean | undefined)[][] = Array.from({ length: side }, () => new Array(side));
  const put = (row: number, column: number, dark: boolean) => {
    const line = rows[row];
    if (line && column >= 0 && column < side) line[column] = dark;
  };
  const square = (row: number, column: number, rings: readonly boolean[]) => {
    const reach = rings.length - 1;
    for (let y = -reach; y <= reach; y += 1)
      for (let x = -reach; x <= reach; x += 1)
        put(row + y, column + x, rings[Math.max(Math.abs(x), Math.abs(y))] === true);
  };
  for (let at = 8; at < side - 8; at += 1) {
    put(6, at, at % 2 === 0);
    put(at, 6, at % 2 === 0);
  }
  const finder = [true, true, false, true, false];
  square(3, 3, finder);
  square(3, side - 4, finder);
  square(side - 4, 3, finder);
  square(side - 7, side - 7, [true, false, true]);
  for (let bit = 0; bit < 15; bit += 1) {
    const dark = ((FORMAT >> bit) & 1) === 1;
    // Beside the first finder, around the strips of the timing; and along the two others.
    put(bit < 6 ? bit : bit < 8 ? bit + 1 : side - 15 + bit, 8, dark);
    put(8, bit < 8 ? side - 1 - bit : bit < 9 ? 7 : 14 - bit, dark);
  }
  put(side - 8, 8, true);
  let next = 0;
  for (let right = side - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const up = ((right + 1) & 2) === 0;
    for (let at = 0; at < side; at += 1) {
      const row = up ? side - 1 - at : at;
      for (const column of [right, right - 1]) {
        if (rows[row]?.[column] !== undefined) continue;
        put(row, column, (bits[next] === 1) !== ((row + column) % 2 === 0));
        next += 1;
      }
    }
  }
  return rows.map((row) => row.map((dark) => dark === true));
}
