import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation'
import * as z from 'zod'
import { type DeployedStack, deployedTemplate, isMade } from './stacks.ts'
import { parseTemplate, type Template } from './template.ts'

/** What a deletion of the stacks has to know before it, because nothing names these resources afterwards. */
export interface Inventory {
  /** The buckets that are deleted with their stacks, which CloudFormation does only when they are empty. */
  readonly buckets: readonly string[]
  readonly clusters: readonly string[]
  /** The log groups that RDS and Lambda made by themselves. No stack deletes them. */
  readonly unownedLogGroups: readonly string[]
  /** Resources that stay in the account because of their deletion policy: `<type> <physical id> in <Region>`. */
  readonly kept: readonly string[]
}

interface Physical {
  readonly logicalId: string
  readonly id: string
}

const physicalIds = async ({ name, region }: DeployedStack): Promise<readonly Physical[]> => {
  const found: Physical[] = []
  const pages = paginateListStackResources({ client: new CloudFormationClient({ region }) }, { StackName: name })
  for await (const { StackResourceSummaries = [] } of pages)
    for (const { LogicalResourceId: logicalId = '', PhysicalResourceId: id } of StackResourceSummaries)
      if (id !== undefined) found.push({ logicalId, id })
  return found
}

const withLogGroup = z.object({ LoggingConfig: z.object({ LogGroup: z.unknown().refine(value => value !== undefined) }) })

const isKept = (policy: string | undefined) => policy === 'Retain' || policy === 'RetainExceptOnCreate'

const inventoryOf = (region: string, template: Template, physical: readonly Physical[]): Inventory => {
  const resources = physical.flatMap(({ logicalId, id }) => {
    const resource = template.Resources[logicalId]
    return resource === undefined ? [] : [{ ...resource, properties: resource['Properties'], id }]
  })
  const deleted = (type: string) => resources.filter(({ Type, DeletionPolicy }) => Type === type && !isKept(DeletionPolicy))
  const clusters = deleted('AWS::RDS::DBCluster').map(({ id }) => id)
  const functions = deleted('AWS::Lambda::Function').filter(({ properties }) => !withLogGroup.safeParse(properties).success)
  return {
    buckets: deleted('AWS::S3::Bucket').map(({ id }) => id),
    clusters,
    unownedLogGroups: [...clusters.map(id => `/aws/rds/cluster/${id}/postgresql`), ...functions.map(({ id }) => `/aws/lambda/${id}`)],
    kept: resources.filter(({ DeletionPolicy }) => isKept(DeletionPolicy)).map(({ Type, id }) => `${Type} ${id} in ${region}`),
  }
}

/** Lists what stacks contain, while they are still there. */
export const takeInventory = async (stacks: readonly DeployedStack[]): Promise<Inventory> => {
  const each = await Promise.all(
    stacks.filter(isMade).map(async stack => {
      const [text, physical] = await Promise.all([deployedTemplate(stack), physicalIds(stack)])
      return inventoryOf(stack.region, parseTemplate(text), physical)
    }),
  )
  return {
    buckets: each.flatMap(({ buckets }) => buckets),
    clusters: each.flatMap(({ clusters }) => clusters),
    unownedLogGroups: each.flatMap(({ unownedLogGroups }) => unownedLogGroups),
    kept: each.flatMap(({ kept }) => kept),
  }
}
