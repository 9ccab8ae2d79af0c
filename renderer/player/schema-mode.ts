/** Keeps the schema library from probing for `eval`, which the page's content security policy forbids; imported first. */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
