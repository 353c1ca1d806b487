// Prints each stack of a cloud assembly and the path of its template, and fails on any finding of CDK's template
// validation. It reads the findings from the report, because the output of CDK can be lost when its process ends.
// With --list it only prints: another program validates the assembly.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const [dir, ...options] = process.argv.slice(2).reverse();
const { artifacts } = JSON.parse(fs.readFileSync(path.join(dir, 'manifest.json'), 'utf8'));
for (const [id, artifact] of Object.entries(artifacts)) {
  if (artifact.type === 'aws:cloudformation:stack') {
    console.log(`${artifact.displayName ?? id}  ${artifact.environment}  ${path.join(dir, artifact.properties.templateFile)}`);
  }
}

if (options.includes('--list')) {
  process.exit(0);
}
const { pluginReports } = JSON.parse(fs.readFileSync(path.join(dir, 'validation-report.json'), 'utf8'));
const findings = pluginReports.flatMap((report) => report.violations);
let failed = false;
for (const { ruleName, description, severity } of findings) {
  const isInfo = severity === 'info'; // such as how many paths are proven
  (isInfo ? console.log : console.error)(`${ruleName}: ${description}`);
  failed ||= !isInfo;
}
process.exit(failed ? 1 : 0);
