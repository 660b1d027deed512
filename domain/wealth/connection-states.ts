/**
 * How the synchronisation of a connection stands. `waiting`: the next one comes by itself. `syncing`: one is under way. `failed`: the last one
 * failed and is tried again. `sign-in-required`: the person must sign in at the institution again.
 */
export const connectionStates = ['waiting', 'syncing', 'failed', 'sign-in-required'] as const
export type ConnectionState = (typeof connectionStates)[number]
