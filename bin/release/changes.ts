import {
  fullDiff,
  mangleLikeCloudFormation,
  type ResourceDifference,
  ResourceImpact,
  type TemplateDiff,
} from '@aws-cdk/cloudformation-diff'
import { type DeployedStack, deployedTemplate, isMade } from './stacks.ts'
import { parseTemplate, type Template } from './template.ts'

const actions = {
  [ResourceImpact.WILL_CREATE]: 'added',
  [ResourceImpact.WILL_IMPORT]: 'added',
  [ResourceImpact.WILL_UPDATE]: 'changed',
  [ResourceImpact.NO_CHANGE]: 'changed',
  [ResourceImpact.MAY_REPLACE]: 'perhaps replaced',
  [ResourceImpact.WILL_REPLACE]: 'replaced',
  [ResourceImpact.WILL_DESTROY]: 'removed',
  [ResourceImpact.WILL_ORPHAN]: 'given up',
} as const satisfies Record<ResourceImpact, string>

/** `given up`: the stack no longer has it, but its deletion policy keeps it in the account. */
export type Action = (typeof actions)[ResourceImpact]

export interface ResourceChange {
  readonly stack: string
  readonly logicalId: string
  readonly type: string
  readonly action: Action
  /** The properties that differ. For a replacement, only those that cause it. */
  readonly properties: readonly string[]
}

export interface StackChanges {
  readonly stack: string
  readonly isNew: boolean
  readonly resources: readonly ResourceChange[]
  /** Whether anybody gets more rights. */
  readonly broadensRights: boolean
  readonly addedRights: readonly string[]
  /** Outputs, conditions, parameters, the description. */
  readonly otherDifferences: number
  readonly before: Template
  readonly after: Template
}

const replaces = (impact: ResourceImpact | undefined) => impact === ResourceImpact.WILL_REPLACE || impact === ResourceImpact.MAY_REPLACE

const propertiesOf = ({ changeImpact, propertyUpdates, isAddition, isRemoval }: ResourceDifference): readonly string[] => {
  if (isAddition || isRemoval) return []
  const all = Object.entries(propertyUpdates)
  return (replaces(changeImpact) ? all.filter(([, difference]) => replaces(difference.changeImpact)) : all).map(([name]) => name)
}

const resourceChanges = (stack: string, { resources }: TemplateDiff): readonly ResourceChange[] =>
  Object.entries(resources.changes).map(([logicalId, difference]) => ({
    stack,
    logicalId,
    type: difference.oldResourceType ?? difference.newResourceType ?? 'unknown',
    action: difference.resourceTypeChanged ? 'replaced' : actions[difference.changeImpact],
    properties: propertiesOf(difference),
  }))

const addedRights = ({ iamChanges }: TemplateDiff): readonly string[] => [
  ...iamChanges.statements.additions.map(statement => {
    const { effect, action, resource, principal, condition } = statement.render()
    const rule = `${effect} ${action} on ${resource || 'the role'} to ${principal || 'the role'}`
    return (condition ? `${rule} if ${condition}` : rule).replaceAll('\n', ', ')
  }),
  ...iamChanges.managedPolicies.additions.map(({ identityArn, managedPolicyArn }) => `${managedPolicyArn} for ${identityArn}`),
]

const noTemplate = '{"Resources":{}}'

/** What a deployment changes in one stack. `before` is undefined for a stack that is not there. */
export const compareStack = (stack: string, before: string | undefined, after: string): StackChanges => {
  // CloudFormation answers with a question mark for each character that is not ASCII.
  const [old, next] = [before ?? noTemplate, after].map(text => parseTemplate(mangleLikeCloudFormation(text))) as [Template, Template]
  const difference = fullDiff(old, next)
  const resources = resourceChanges(stack, difference)
  return {
    stack,
    isNew: before === undefined,
    resources,
    broadensRights: difference.permissionsBroadened,
    addedRights: addedRights(difference),
    otherDifferences: difference.differenceCount - difference.resources.differenceCount,
    before: old,
    after: next,
  }
}

/** What a deployment of the synthesized templates changes, in the order in which they are deployed. */
export const compareStacks = (templates: ReadonlyMap<string, string>, deployed: readonly DeployedStack[]) => {
  const made = new Map(deployed.filter(isMade).map(stack => [stack.name, stack]))
  return Promise.all(
    [...templates].map(async ([name, after]) => {
      const stack = made.get(name)
      return compareStack(name, stack && (await deployedTemplate(stack)), after)
    }),
  )
}

export const hasChanges = ({ isNew, resources, otherDifferences }: StackChanges): boolean =>
  isNew || resources.length > 0 || otherDifferences > 0
