import { expect, it } from "vitest";
import { makeUnits } from "../src/units/format";
import { isTag, localeFor } from "../src/units/locale";

const c = makeUnits({ unit: "c", locale: "en-GB" });
const f = makeUnits({ unit: "f", locale: "en-US" });
const fr = makeUnits({ unit: "c", locale: "fr" });
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

it.each([
  ["a temperature", c.temp(613.44, 1), "613.4 °C"],
  ["freezing", f.temp(0), "32 °F"],
  ["a large one is not grouped", fr.temp(1250.5, 1), "1250,5 °C"],
  ["nothing known", c.temp(null), "—"],
  ["not a number", c.temp(Number.NaN), "—"],
  ["a hair below zero", c.temp(-0.04, 1), "0.0 °C"],
  ["a difference has no offset", f.delta(5), "9 °F"],
  ["a rate has none either", f.rate(100), "180 °F/h"],
  ["a rise", c.rate(98.4, true), "+98 °C/h"],
  ["standing still", c.rate(0.2, true), "0 °C/h"],
  ["a fall", c.rate(-40, true), "-40 °C/h"],
  ["no time at all", c.duration(0), "0 s"],
  ["seconds", c.duration(59.4), "59 s"],
  ["nearly an hour", c.duration(3599), "1 h"],
  ["hours", c.duration(14_100), "3 h 55 min"],
  ["past an hour", c.duration(3900), "1 h 05 min"],
  ["unknown time", c.duration(undefined), "—"],
  ["for tables", c.hours(14_100), "3:55"],
  ["energy", c.energy(14.23), "14.2 kWh"],
  ["much energy", c.energy(140.7), "141 kWh"],
  ["money", c.money(4.1, "€"), "€4.10"],
  ["other money", c.money(4.1, "CHF"), "4.10 CHF"],
  ["room", c.bytes(1_572_864), "1.5 MiB"],
])("%s", (_, said, expected) => expect(plain(said)).toBe(expected));

it("what is shown is read back as it was", () => {
  for (const celsius of [-40, 0, 21.5, 1300]) expect(f.fromShown(f.toShown(celsius))).toBeCloseTo(celsius, 9);
  expect(f.deltaFromShown(f.deltaToShown(15))).toBeCloseTo(15, 9);
});

it("a clock says the weekday of another day only", () => {
  const now = new Date(2026, 10, 30, 12).getTime();
  expect(c.clock(now + 3_600_000, now)).toBe("13:00");
  expect(c.clock(now + 24 * 3_600_000, now)).toBe("Tue 12:00");
});

it("a browser whose language is no tag still shows figures", () => {
  // As in a container, where the system's language is C.
  expect(isTag("C")).toBe(false);
  expect(localeFor("en", ["C"])).toBe("en-GB");
  expect(localeFor("fr", ["C", "en-US"])).toBe("fr");
  expect(localeFor("en", ["fr-FR", "en-US"])).toBe("en-US");
});
