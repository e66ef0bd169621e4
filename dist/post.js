// A warning about what a killed step has left behind without `delete-after-job`. Its text is ready
// for the runner.
const left = process.env['STATE_aura-left'];
if (left)
    process.stdout.write(`::warning::${left}\n`);
// Most steps have nothing to clean up and do not load the bundle.
if (process.env['STATE_aura-create']) {
    const { run } = await import("./action.js");
    await run('post');
}
export {};
