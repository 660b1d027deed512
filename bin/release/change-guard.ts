import * as z from 'zod'
import type { ResourceChange, StackChanges } from './changes.ts'
import type { Refusals } from './context.ts'
import { exportRefusals } from './export-guard.ts'
import { lossOf } from './stateful.ts'

/** A resource with state that a deployment would replace or remove. */
export interface Loss extends ResourceChange {
  /** `<stack>/<logical id>`: what an operator writes after `--replace`. */
  readonly name: string
  readonly reason: string
}

const loses = ({ action }: ResourceChange) => action !== 'added' && action !== 'changed'

const instance = z.object({ DBClusterIdentifier: z.unknown() })

/** Whether another instance of the same cluster stays through the deployment and takes over. */
const anotherInstanceStays = ({ logicalId }: ResourceChange, { before, resources }: StackChanges): boolean => {
  const clusterOf = (id: string) => JSON.stringify(instance.safeParse(before.Resources[id]?.['Properties']).data?.DBClusterIdentifier)
  const lost = new Set(resources.filter(loses).map(change => change.logicalId))
  return Object.entries(before.Resources).some(
    ([id, { Type }]) => Type === 'AWS::RDS::DBInstance' && !lost.has(id) && clusterOf(id) === clusterOf(logicalId),
  )
}

/** The resources with state that a deployment would replace or remove, whether an operator named them or not. */
export const lossesOf = (stacks: readonly StackChanges[]): readonly Loss[] =>
  stacks.flatMap(changes =>
    changes.resources.filter(loses).flatMap(change => {
      const reason = lossOf(change.type)
      if (reason === undefined) return []
      if (change.type === 'AWS::RDS::DBInstance' && anotherInstanceStays(change, changes)) return []
      return [{ ...change, name: `${change.stack}/${change.logicalId}`, reason }]
    }),
  )

const describe = ({ name, type, action, properties, reason }: Loss): string => {
  const cause = properties.length > 0 ? ` because of ${properties.join(', ')}` : ''
  return `${name} (${type}) would be ${action}${cause}. ${reason} If that is what you want: --replace ${name}`
}

/**
 * Refuses to replace or remove a resource with state that the operator has not named, names of anything else, and changes of exports that
 * are in use.
 */
export const changeRefusals = (stacks: readonly StackChanges[], replace: readonly string[]): Refusals => {
  const losses = lossesOf(stacks)
  const lost = new Set(losses.map(({ name }) => name))
  return [
    ...losses.filter(({ name }) => !replace.includes(name)).map(describe),
    ...replace
      .filter(name => !lost.has(name))
      .map(name => `${name} is not replaced or removed by this deployment. Leave --replace ${name} out.`),
    ...exportRefusals(stacks),
  ]
}
