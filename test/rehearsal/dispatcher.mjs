/** Serves all functions that have the same settings, in one process: the event says which handler of the bundle gets it. */
export const handler = async ({ event, file, name }, context) => (await import(file))[name](event, context)
