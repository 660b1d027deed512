import { registerHooks } from 'node:module'

/** The runtime client asks for its native add-on by this name; installed without its build scripts, it has none. */
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === './rapid-client.node'
      ? { url: new URL('./native-client.ts', import.meta.url).href, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
})
