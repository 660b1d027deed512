import type { EnvironmentName } from '../../lib/deployment.ts'
import { type Action, hasChanges, type ResourceChange, type StackChanges } from './changes.ts'
import type { Refusals } from './context.ts'

export interface Comparison {
  readonly environment: EnvironmentName
  readonly stacks: readonly StackChanges[]
  /** Stacks in the account that the code no longer has. A deployment leaves them as they are. */
  readonly leftStacks: readonly string[]
  /** What the change guard says. */
  readonly refusals: Refusals
}

const signs: Readonly<Record<Action, string>> = {
  added: '+',
  changed: '~',
  replaced: '!',
  'perhaps replaced': '?',
  removed: '-',
  'given up': '-',
}

/** The worst first. */
const order: readonly Action[] = ['removed', 'given up', 'replaced', 'perhaps replaced', 'added', 'changed']

const resourceLine = ({ action, logicalId, type, properties }: ResourceChange): string =>
  `${signs[action]} ${action} ${logicalId} (${type})${properties.length > 0 ? `: ${properties.join(', ')}` : ''}`

/** A new stack is one line: everything in it is new. */
const stackLines = ({ isNew, resources, addedRights, broadensRights, otherDifferences }: StackChanges): string[] =>
  isNew
    ? [`+ new stack with ${resources.length} resources`]
    : [
        ...order.flatMap(action => resources.filter(resource => resource.action === action).map(resourceLine)),
        ...(broadensRights ? ['* rights become broader:', ...addedRights.map(right => `    ${right}`)] : []),
        ...(otherDifferences > 0 ? [`~ ${otherDifferences} other differences (outputs, description, parameters)`] : []),
      ]

const summary = ({ stacks }: Comparison): string => {
  const changed = stacks.filter(hasChanges)
  const all = changed.flatMap(({ resources }) => resources)
  const counts = order.map(action => [all.filter(change => change.action === action).length, action] as const)
  const parts = counts.filter(([count]) => count > 0).map(([count, action]) => `${count} ${action}`)
  return changed.length === 0
    ? 'Nothing changes.'
    : `${changed.length} of ${stacks.length} stacks change${parts.length > 0 ? `. Resources: ${parts.join(', ')}` : ''}.`
}

const leftLine = (stack: string) => `${stack} is in the account, but the code no longer has it. Delete it by hand.`

/** The comparison for a terminal. */
export const asText = (comparison: Comparison): string =>
  [
    ...comparison.stacks.filter(hasChanges).map(changes => [changes.stack, ...stackLines(changes).map(line => `  ${line}`), ''].join('\n')),
    `${comparison.environment}: ${summary(comparison)}`,
    ...comparison.leftStacks.map(leftLine),
    ...(comparison.refusals.length > 0 ? ['', 'A deployment is refused:', ...comparison.refusals.map(text => `  - ${text}`)] : []),
    '',
  ].join('\n')

/** The comparison as a part of a comment on a pull request. */
export const asMarkdown = (comparison: Comparison): string => {
  const { environment, leftStacks, refusals, stacks } = comparison
  const details = stacks.filter(hasChanges).flatMap(changes => [
    `<details><summary><code>${changes.stack}</code></summary>`,
    '',
    // Longer than any fence that a resource could contain.
    '`````diff',
    ...stackLines(changes),
    '`````',
    '',
    '</details>',
    '',
  ])
  return [
    `### ${environment}`,
    '',
    summary(comparison),
    '',
    ...(refusals.length > 0 ? ['**A deployment is refused:**', '', ...refusals.map(text => `- ${text}`), ''] : []),
    ...leftStacks.map(stack => `- ${leftLine(stack)}`),
    ...details,
  ].join('\n')
}

/** The comparison for programs. */
export const asJson = ({ stacks, ...comparison }: Comparison): string => {
  const changed = stacks.filter(hasChanges).map(({ before: _before, after: _after, ...changes }) => changes)
  return `${JSON.stringify({ ...comparison, stacks: changed })}\n`
}
