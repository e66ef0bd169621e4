const left = process.env["STATE_aura-left"];
if (left) process.stdout.write(`::warning::${left}\n`);
if (process.env["STATE_aura-create"]) {
	const { run } = await import("./action.js");
	await run("post");
}

export {  };