// Checks Python files with ruff, and their format: node ruff.mjs [--write] DIRECTORY. The settings are in its pyproject.toml.
// ruff comes as WebAssembly, because npm serves it where Python's package index may be out of reach.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { parse } from 'smol-toml';

const write = process.argv.includes('--write');
const directory = process.argv.at(-1);
const settings = parse(readFileSync(join(directory, 'pyproject.toml'), 'utf8')).tool.ruff;
const workspace = new Workspace(settings, PositionEncoding.Utf16);

const files = readdirSync(directory, { recursive: true }).filter((name) => name.endsWith('.py') && !name.startsWith('.venv'));
if (files.length === 0) throw new Error(`there is no Python file in ${directory}`);
let problems = 0;
const report = (text) => {
  problems++;
  console.error(text);
};
for (const file of files.sort().map((name) => join(directory, name))) {
  const source = readFileSync(file, 'utf8');
  const formatted = workspace.format(source);
  if (write) writeFileSync(file, formatted);
  else if (formatted !== source) report(`${file}: not formatted: make fmt`);
  for (const {
    code,
    message,
    start_location: { row, column },
  } of workspace.check(write ? formatted : source)) {
    report(`${file}:${row}:${column}: ${code ?? 'error'} ${message}`);
  }
}
process.exitCode = problems > 0 ? 1 : 0;
