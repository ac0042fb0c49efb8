/** The package that `npm pack` makes: the same file that the server has, importable by name. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

test('npm pack makes a package of the module, its types, the readme and the licence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-package-'));
  try {
    const [{filename, files}] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {cwd: root, stdio: ['ignore', 'pipe', 'ignore']}));
    assert.deepEqual(files.map(({path}) => path).sort(),
        ['LICENSE', 'README.md', 'package.json', 'src/main/webapp/tidings.d.ts', 'src/main/webapp/tidings.js']);
    const installed = join(folder, 'node_modules', '@tidings', 'client');
    mkdirSync(installed, {recursive: true});
    execFileSync('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', installed]);
    const script = 'import {connect} from "@tidings/client"; console.log(typeof connect)';
    assert.equal(String(execFileSync('node', ['--input-type=module', '-e', script], {cwd: folder})), 'function\n');
    assert.deepEqual(readFileSync(join(installed, 'src/main/webapp/tidings.js')), readFileSync(join(root, 'src/main/webapp/tidings.js')));
  } finally {
    rmSync(folder, {recursive: true});
  }
});
