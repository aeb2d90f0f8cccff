// Compiles the market's Solidity with the pinned compiler: node compile.js <npm folder> <our sources> <settings.json> <output folder>
// Imports are followed from the wanted files. Each contract, also one that a package ships compiled, becomes
// <output>/<Name>.json with abi, bytecode, runtime (what stays on chain) and linkReferences (library name to byte offsets).
'use strict';
const fs = require('fs');
const path = require('path');

const [packages, ours, settingsFile, output] = process.argv.slice(2);
const wanted = JSON.parse(fs.readFileSync(settingsFile, 'utf8'));
const contents = new Map();

const remap = name => {
  const rule = wanted.remappings.find(([prefix]) => name.startsWith(prefix));
  return rule ? rule[1] + name.slice(rule[0].length) : name;
};

function gather(unit) {
  if (contents.has(unit)) return;
  const file = unit.startsWith('plimsoll/') ? path.join(ours, unit.slice('plimsoll/'.length)) : path.join(packages, unit);
  const text = fs.readFileSync(file, 'utf8');
  contents.set(unit, text);
  for (const [, , name] of text.matchAll(/^\s*import\s+([^'";]*\bfrom\s+)?['"]([^'"]+)['"]/gm)) {
    gather(name.startsWith('.') ? path.posix.join(path.posix.dirname(unit), name) : remap(name));
  }
}

Object.values(wanted.contracts).forEach(gather);
const soljson = require(path.resolve(packages, 'solc', 'soljson.js'));
const compile = soljson.cwrap('solidity_compile', 'string', ['string', 'number', 'number']);
const input = {
  language: 'Solidity',
  sources: Object.fromEntries([...contents].map(([unit, content]) => [unit, { content }])),
  settings: {
    optimizer: { enabled: true, runs: wanted.optimizerRuns },
    evmVersion: wanted.evmVersion,
    remappings: wanted.remappings.map(([prefix, target]) => prefix + '=' + target),
    metadata: { bytecodeHash: 'none', appendCBOR: false },
    outputSelection: Object.fromEntries(
      Object.entries(wanted.contracts).map(([name, unit]) => [
        unit,
        { [name]: ['abi', 'evm.bytecode.object', 'evm.bytecode.linkReferences', 'evm.deployedBytecode.object'] },
      ]),
    ),
  },
};
const result = JSON.parse(compile(JSON.stringify(input), 0, 0));
const errors = (result.errors || []).filter(e => e.severity === 'error');
if (errors.length > 0) {
  console.error(errors[0].formattedMessage || errors[0].message);
  process.exit(1);
}

// Some packages leave the 0x away, some have no runtime code.
const hex = code => (typeof code === 'string' ? (code.startsWith('0x') ? code : '0x' + code) : '0x');

function write(name, abi, bytecode, runtime, references) {
  const linkReferences = {};
  for (const libraries of Object.values(references)) {
    for (const [library, places] of Object.entries(libraries)) {
      linkReferences[library] = places.map(place => place.start);
    }
  }
  fs.writeFileSync(path.join(output, name + '.json'), JSON.stringify({ abi, bytecode, runtime, linkReferences }));
}

// A script's export, named after '#': an ABI alone, or a factory with ABI and creation code. It runs without anything to require.
function scripted(reference) {
  const [file, name] = reference.split('#');
  const exported = {};
  new Function('exports', 'require', fs.readFileSync(path.join(packages, file), 'utf8'))(exported, () => ({ ContractFactory: class {} }));
  const found = exported[name];
  return Array.isArray(found) ? { abi: found } : { abi: found.abi, bytecode: found.bytecode };
}

for (const [name, unit] of Object.entries(wanted.contracts)) {
  const { abi, evm } = result.contracts[unit][name];
  write(name, abi, '0x' + evm.bytecode.object, '0x' + evm.deployedBytecode.object, evm.bytecode.linkReferences);
}
for (const [name, file] of Object.entries(wanted.shipped)) {
  const { abi, bytecode, deployedBytecode, linkReferences } = file.includes('.js#') ? scripted(file) : JSON.parse(fs.readFileSync(path.join(packages, file), 'utf8'));
  write(name, abi, hex(bytecode), hex(deployedBytecode), linkReferences || {});
}
