import * as z from 'zod'

const template = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), DeletionPolicy: z.string().optional() })),
})
export type Template = z.infer<typeof template>

/** Reads a template from its JSON. */
export const parseTemplate = (text: string): Template => template.parse(JSON.parse(text))
