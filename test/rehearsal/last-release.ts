import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff'
import * as z from 'zod'
import { compareStack, type StackChanges } from '../../bin/release/changes.ts'
import { lossOf } from '../../bin/release/stateful.ts'
import { exportsOf, importsOf, parseTemplate, type Template } from '../../bin/release/template.ts'

type Resource = Template['Resources'][string]

/** What a later release must not lose, by stack. Written like a template, so that the guard of deployments reads it. */
export type ReleaseRecord = Readonly<Record<string, RecordedStack>>
export interface RecordedStack {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Export: { readonly Name: string } }>>
  /** The exports of other stacks that it uses. */
  readonly Imports: readonly { readonly 'Fn::ImportValue': string }[]
}

const file = join(import.meta.dirname, 'last-release.json')
const recordSchema = z.record(z.string(), z.unknown())

/** Whether a change of the property replaces the resource, or may do so. */
const isKeptForLife = (resource: Resource, property: string): boolean => {
  const other = { ...resource, Properties: { ...(resource['Properties'] as object), [property]: 'another value' } }
  const { changeImpact } = fullDiff({ Resources: { Resource: resource } }, { Resources: { Resource: other } }).resources.get('Resource')
  return changeImpact === ResourceImpact.WILL_REPLACE || changeImpact === ResourceImpact.MAY_REPLACE
}

const recordedResource = (resource: Resource): Resource => {
  const properties = Object.entries(resource['Properties'] ?? {}).filter(([name]) => isKeptForLife(resource, name))
  return {
    Type: resource.Type,
    ...(properties.length > 0 ? { Properties: Object.fromEntries(properties) } : {}),
    ...(resource.DeletionPolicy === undefined ? {} : { DeletionPolicy: resource.DeletionPolicy }),
  }
}

const recordedStack = (template: Template): RecordedStack => ({
  Resources: Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, { Type }]) => lossOf(Type) !== undefined)
      .map(([id, resource]) => [id, recordedResource(resource)]),
  ),
  Outputs: Object.fromEntries([...exportsOf(template)].map(([Name, Value], index) => [`Export${index}`, { Value, Export: { Name } }])),
  Imports: importsOf(template).map(name => ({ 'Fn::ImportValue': name })),
})

/** Records the templates in the folder of a cloud assembly. */
export const recordRelease = (assembly: string): ReleaseRecord =>
  Object.fromEntries(
    readdirSync(assembly)
      .filter(name => name.endsWith('.template.json'))
      .toSorted()
      .map(name => [name.replace('.template.json', ''), recordedStack(parseTemplate(readFileSync(join(assembly, name), 'utf8')))]),
  )

/** The text of the file for a record. */
export const recordText = (record: ReleaseRecord): string => `${JSON.stringify(record, null, 2)}\n`

export const lastRelease = {
  file,
  /** Empty if there is none. */
  text: (): string => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return '{}'
    }
  },
}

/** What changes from one record to another. A stack that is gone loses all that it had. */
export const compareRecords = (before: string, after: ReleaseRecord): readonly StackChanges[] => {
  const old = recordSchema.parse(JSON.parse(before))
  return [...new Set([...Object.keys(old), ...Object.keys(after)])].map(stack =>
    compareStack(stack, stack in old ? JSON.stringify(old[stack]) : undefined, JSON.stringify(after[stack] ?? { Resources: {} })),
  )
}
