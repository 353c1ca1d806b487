'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** resvg, or why there is none: npm could not install it. In CI that is an error. */
function load() {
  try {
    return { Resvg: require('@resvg/resvg-js').Resvg };
  } catch (error) {
    if (process.env.CI) throw error;
    return { missing: `the rasteriser is not installed: ${error.message.split('\n')[0]}; run make test/pictures/node_modules/.installed` };
  }
}

const { Resvg, missing } = load();

/** The widest of the fonts that readers usually have, so that pixels are the same on every machine. */
const fonts = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

const options = () => ({
  font: {
    loadSystemFonts: false,
    fontFiles: fonts.map((name) => path.join(__dirname, 'node_modules/dejavu-fonts-ttf/ttf', name)),
    defaultFontFamily: 'DejaVu Sans',
  },
});

/** Pixels of an SVG, in its own size. */
function rasterise(svg) {
  const image = new Resvg(svg, options()).render();
  const { width, height, pixels } = image;
  return {
    width,
    height,
    png: () => image.asPng(),
    /** The colours of a pixel: red, green, blue. */
    at: (x, y) => [0, 1, 2].map((i) => pixels[4 * (Math.round(y) * width + Math.round(x)) + i]),
    /** How many pixels of a rectangle a function takes. */
    count(x, y, w, h, takes) {
      let n = 0;
      for (let j = Math.max(0, Math.round(y)); j < Math.min(height, y + h); j++) {
        for (let i = Math.max(0, Math.round(x)); i < Math.min(width, x + w); i++) n += takes(this.at(i, j)) ? 1 : 0;
      }
      return n;
    },
  };
}

/** The boxes of the ink of all texts of an SVG, each drawn alone. */
function textBoxes(svg) {
  const [open] = svg.match(/<svg [^>]*>/);
  const [style] = svg.match(/<style>[\s\S]*?<\/style>/);
  return [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([element, text]) => {
    const box = new Resvg(`${open}${style}${element}</svg>`, options()).getBBox();
    return { text, box };
  });
}

/** The pictures that tests of the command and of the examples hold. */
const root = path.join(__dirname, '../..');
const pictures = ['docs/pictures', 'cmd/privateapi/testdata'].flatMap((dir) =>
  fs
    .readdirSync(path.join(root, dir))
    .filter((name) => name.endsWith('.svg'))
    .map((name) => `${dir}/${name}`),
);
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');

module.exports = { missing, rasterise, textBoxes, pictures, read };
