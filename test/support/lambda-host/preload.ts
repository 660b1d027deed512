import { registerHooks } from 'node:module'

/** The name under which the runtime client loads its native add-on. Without its build scripts, the add-on is not installed. */
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === './rapid-client.node'
      ? { url: new URL('./native-client.ts', import.meta.url).href, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
})
