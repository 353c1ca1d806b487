'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { missing, rasterise, textBoxes, pictures, read } = require('./rasteriser');

const isRed = ([r, g, b]) => r > 150 && g < 90 && b < 90;
const isGreen = ([r, g, b]) => g > 70 && r < 60 && b < 80;
const isInk = ([r, g, b]) => r + g + b < 600;

/** The pixels of a mark. */
const square = Array.from({ length: 16 * 16 }, (_, i) => [i % 16, Math.floor(i / 16)]);

/** Where the lines of a tone begin and end. */
const lines = (svg, tone) =>
  [...svg.matchAll(new RegExp(`<path class="${tone} line" d="M([\\d.]+) ([\\d.]+)[^"]* ([\\d.]+) ([\\d.]+)"/>`, 'g'))].map((m) =>
    m.slice(1).map(Number),
  );

const look = (name, run) => test(name, { skip: missing }, run);

look('there are pictures', () => assert.ok(pictures.length >= 6, pictures.join()));

for (const name of missing ? [] : pictures) {
  test(`${name}: no text is over another one, or outside`, () => {
    const svg = read(name);
    const [, width, height] = svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/).map(Number);
    const boxes = textBoxes(svg).filter(({ box }) => box);
    assert.ok(boxes.length > 0);
    boxes.forEach(({ text, box: a }, i) => {
      assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height, `${text} is outside`);
      for (const { text: other, box: b } of boxes.slice(0, i)) {
        const apart = a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;
        assert.ok(apart, `${text} is over ${other}`);
      }
    });
  });

  test(`${name}: the picture has ink`, () => {
    const image = rasterise(read(name));
    assert.ok(image.count(0, 0, image.width, image.height, isInk) > 300);
  });
}

look('the blocked hop is red, and nothing else', () => {
  const svg = read('docs/pictures/pricing-checkout-blocked.svg');
  const image = rasterise(svg);
  const [[x, y, endX, endY], ...more] = lines(svg, 'blocks');
  assert.equal(more.length, 0);
  assert.ok(image.count(endX - 45, endY - 2, 30, 4, isRed) > 30, 'no red line');
  assert.ok(isRed(image.at(endX - 1, endY)), 'no red head');
  assert.ok(image.count(x, y + 10, endX - x, 50, isRed) > 200, 'no reason under it');
  assert.equal(image.count(0, 0, x - 2, image.height - 60, isRed) + image.count(endX + 10, 0, image.width, image.height - 60, isRed), 0);
});

look('a path that is proven is green, and has no red', () => {
  const svg = read('docs/pictures/pricing-checkout.svg');
  const image = rasterise(svg);
  assert.equal(image.count(0, 0, image.width, image.height, isRed), 0);
  const passing = lines(svg, 'passes');
  assert.equal(passing.length, 6);
  for (const [x, y] of passing) assert.ok(image.count(x, y - 6, 10, 12, isGreen) > 8, `no green at ${x}, ${y}`);
});

look('a mesh is as green as it is declared', () => {
  const declared = JSON.parse(read('examples/mesh/mesh.json')).consumers.reduce((n, { calls }) => n + calls.length, 0);
  const svg = read('docs/pictures/mesh.svg');
  const image = rasterise(svg);
  const cells = [...svg.matchAll(/<rect class="passes cell" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)];
  assert.equal(cells.length, declared);
  for (const [x, y, w, h] of cells.map((m) => m.slice(1).map(Number))) assert.ok(image.count(x, y, w, h, isGreen) > 60);
});

look('marks differ without their colours', () => {
  const svg = read('cmd/privateapi/testdata/matrix.svg');
  const image = rasterise(svg);
  const isDark = (x, y) => image.at(x, y).reduce((sum, c) => sum + c) < 500;
  const legend = [...svg.matchAll(/<text class="quiet" x="([\d.]+)" y="([\d.]+)" font-size="11.5">(\d+ [a-z, ]+)/g)];
  const marks = legend.map(([, x, y, text]) => ({ text, shape: square.map(([i, j]) => isDark(Number(x) - 20 + i, Number(y) - 11 + j)) }));
  assert.equal(marks.length, 6);
  for (const a of marks) {
    for (const b of marks.slice(0, marks.indexOf(a))) {
      const differ = a.shape.filter((dark, i) => dark !== b.shape[i]).length;
      assert.ok(differ > 15, `${a.text} looks like ${b.text}: ${differ} pixels differ`);
    }
  }
});
