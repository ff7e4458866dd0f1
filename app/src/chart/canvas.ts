/**
 * Draws lines over time on a canvas, and knows where things are on it. What is shown and in which unit is decided by
 * whoever asks; a value that is null is a gap, one that is undefined is drawn over.
 */

export interface Stroke {
  values: readonly (number | null | undefined)[];
  stroke: string;
  width: number;
  dash?: readonly number[];
  /** Filled down to the axis, on the scale of percent. */
  fill?: string;
  /** Dots and no line. */
  dots?: boolean;
  percent?: boolean;
}

export interface Axes {
  x: readonly [from: number, to: number];
  y: readonly [low: number, high: number];
  percent: boolean;
  ySays: (value: number, step: number) => string;
  xMarks: (width: number) => readonly number[];
  xSays: (value: number) => string;
}

export interface Look {
  text: string;
  grid: string;
  ground: string;
  font: string;
}

export interface Picture {
  times: readonly number[];
  strokes: readonly Stroke[];
  axes: Axes;
  look: Look;
  under: (area: Area) => void;
  over: (area: Area) => void;
  /** The place under the cursor; null for none. */
  cursor: number | null;
}

/** Where the lines are, and where on it a value is. In CSS pixels of the canvas. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
  paint: CanvasRenderingContext2D;
  x(value: number): number;
  y(value: number): number;
  valueX(at: number): number;
  valueY(at: number): number;
}

const LEFT = 46;
const RIGHT = 40;
const EDGE = 14;
const TOP = 12;
const BOTTOM = 26;

/** Steps that people count in. */
export function stepOf(span: number, most: number): number {
  const raw = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5, 10].find((step) => step * power >= raw) ?? 10);
}

/** Where things are on a canvas of that size. */
export function areaOf(paint: CanvasRenderingContext2D, width: number, height: number, axes: Axes): Area {
  const [left, top] = [LEFT, TOP];
  const wide = Math.max(10, width - LEFT - (axes.percent ? RIGHT : EDGE));
  const high = Math.max(10, height - TOP - BOTTOM);
  const [x0, x1] = axes.x;
  const [y0, y1] = axes.y;
  return {
    left,
    top,
    width: wide,
    height: high,
    paint,
    x: (value) => left + ((value - x0) / (x1 - x0)) * wide,
    y: (value) => top + high - ((value - y0) / (y1 - y0)) * high,
    valueX: (at) => x0 + ((at - left) / wide) * (x1 - x0),
    valueY: (at) => y0 + ((top + high - at) / high) * (y1 - y0),
  };
}

/** Draws everything anew. */
export function draw(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  picture: Picture,
): Area | null {
  const paint = canvas.getContext("2d");
  if (!paint) return null;
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  paint.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint.lineJoin = "round";
  const area = areaOf(paint, width, height, picture.axes);
  grid(area, picture);
  within(area, () => {
    picture.under(area);
    for (const stroke of picture.strokes) line(area, picture.times, stroke);
    picture.over(area);
    if (picture.cursor !== null) cross(area, picture, picture.cursor);
  });
  return area;
}

function within({ paint, left, top, width, height }: Area, does: () => void): void {
  paint.save();
  paint.beginPath();
  paint.rect(left, top - 6, width, height + 6);
  paint.clip();
  does();
  paint.restore();
}

function grid(area: Area, { axes, look }: Picture): void {
  const { paint, left, top, width, height } = area;
  paint.font = `12px ${look.font}`;
  paint.strokeStyle = look.grid;
  paint.fillStyle = look.text;
  paint.lineWidth = 1;
  paint.beginPath();
  const marks = axes.xMarks(width);
  paint.textAlign = "center";
  for (const mark of marks) {
    const x = Math.round(area.x(mark)) + 0.5;
    paint.moveTo(x, top);
    paint.lineTo(x, top + height);
    paint.fillText(axes.xSays(mark), x, top + height + 18);
  }
  const [low, high] = axes.y;
  const step = stepOf(high - low, height / 42);
  paint.textAlign = "right";
  for (let value = Math.ceil(low / step) * step; value <= high + step * 1e-6; value += step) {
    const y = Math.round(area.y(value)) + 0.5;
    paint.moveTo(left, y);
    paint.lineTo(left + width, y);
    paint.fillText(axes.ySays(value, step), left - 6, y + 4);
  }
  paint.stroke();
  if (!axes.percent) return;
  paint.textAlign = "left";
  for (const percent of [0, 50, 100]) {
    paint.fillText(`${percent}%`, left + width + 5, top + height * (1 - percent / 100) + 4);
  }
}

function line(area: Area, times: readonly number[], stroke: Stroke): void {
  const { paint, top, height } = area;
  const y = (value: number) => (stroke.percent ? top + height * (1 - value / 100) : area.y(value));
  const [from, to] = [area.valueX(area.left - 50), area.valueX(area.left + area.width + 50)];
  paint.strokeStyle = stroke.stroke;
  paint.lineWidth = stroke.width;
  paint.setLineDash([...(stroke.dash ?? [])]);
  paint.fillStyle = stroke.fill ?? stroke.stroke;
  paint.beginPath();
  let begun: number | null = null;
  let last = 0;
  const end = () => {
    if (begun === null || !stroke.fill) return;
    paint.stroke();
    paint.lineTo(last, top + height);
    paint.lineTo(begun, top + height);
    paint.fill();
    paint.beginPath();
  };
  stroke.values.forEach((value, at) => {
    if (value === undefined) return;
    const time = times[at] ?? 0;
    const next = times[at + 1] ?? time;
    if (value === null) {
      end();
      begun = null;
      return;
    }
    // What is far outside is not drawn; its neighbour inside is drawn towards it.
    if (next < from || (times[at - 1] ?? time) > to) return;
    const [x, high] = [area.x(time), y(value)];
    if (stroke.dots) paint.fillRect(x - 1.25, high - 1.25, 2.5, 2.5);
    else if (begun === null) {
      paint.moveTo(x, high);
      begun = x;
    } else paint.lineTo(x, high);
    last = x;
  });
  if (stroke.fill) end();
  else paint.stroke();
  paint.setLineDash([]);
}

function cross(area: Area, { times, strokes, look }: Picture, at: number): void {
  const { paint, top, height } = area;
  const x = area.x(times[at] ?? 0);
  paint.strokeStyle = look.text;
  paint.lineWidth = 1;
  paint.setLineDash([3, 3]);
  paint.beginPath();
  paint.moveTo(x, top);
  paint.lineTo(x, top + height);
  paint.stroke();
  paint.setLineDash([]);
  for (const { values, stroke, percent } of strokes) {
    const value = values[at];
    if (typeof value !== "number") continue;
    paint.beginPath();
    paint.arc(x, percent ? top + height * (1 - value / 100) : area.y(value), 3.5, 0, 7);
    paint.fillStyle = stroke;
    paint.fill();
    paint.strokeStyle = look.ground;
    paint.stroke();
  }
}

/** The place whose time is nearest. */
export function nearest(times: readonly number[], time: number): number | null {
  if (times.length === 0) return null;
  let [low, high] = [0, times.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle;
  }
  return time - (times[low] ?? 0) <= (times[high] ?? 0) - time ? low : high;
}
