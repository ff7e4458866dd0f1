import { expect, test } from "vitest";
import { fileName, readable, sameName } from "../../src/screens/profiles/names";

test("a name becomes one that a file can have", () => {
  const cases: [string, string][] = [
    ["Bisque, cone 04", "Bisque-cone-04"],
    ["Émail cône 6", "Email-cone-6"],
    ["..hidden", "hidden"],
    ["a/b\\c", "a-b-c"],
    ["釉", "profile"],
    ["x".repeat(80), "x".repeat(64)],
  ];
  for (const [name, file] of cases) {
    expect(fileName(name)).toBe(file);
    expect(fileName(file)).toBe(file);
  }
  expect(readable("bisque-cone_04")).toBe("Bisque cone 04");
  expect(sameName("Bisque__cone_04", "bisque-cone-04")).toBe(true);
  expect(sameName("Bisque 04", "Bisque 05")).toBe(false);
});
