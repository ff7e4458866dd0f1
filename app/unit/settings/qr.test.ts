/** Codes of addresses, module by module as python-qrcode 8.2, an encoder of others, makes them with level L and mask 0. */
import { expect, test } from "vitest";
import { qrCode } from "../../src/screens/settings/qr";
import known from "./qr.json";

const shown = (code: boolean[][] | null) =>
  code?.map((row) => row.map((dark) => (dark ? "#" : ".")).join("")) ?? null;

test.each(known)("$text", ({ text, rows }) => {
  expect(shown(qrCode(text))).toEqual(rows);
});

test("what is too long has none", () => {
  expect(qrCode("x".repeat(78))).not.toBeNull();
  expect(qrCode("x".repeat(79))).toBeNull();
});
