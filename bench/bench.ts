// Runs a benchmark and writes its part of docs/performance.md.
// Usage: npm run bench [-- ARGUMENTS OF startup.ts]
//        npm run bench -- fleet
//        npm run bench -- many
//        npm run bench -- by-hand

const separate = ['fleet', 'many', 'by-hand'];
const [name = ''] = process.argv.slice(2);
await import(`./${separate.includes(name) ? name : 'startup'}.ts`);
