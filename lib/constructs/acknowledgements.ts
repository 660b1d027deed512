import { CfnElement, Stack } from 'aws-cdk-lib'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { IConstruct } from 'constructs'

/** The logical id of a construct's own resource in its template. */
export const logicalIdOf = (construct: IConstruct): string => {
  const resource = construct.node.defaultChild
  if (!CfnElement.isCfnElement(resource)) throw new Error(`${construct.node.path} is not a resource.`)
  return Stack.of(construct).resolve(resource.logicalId) as string
}

/** The id of the finding that a role has the policy of AWS for functions that only write logs. */
export const basicExecution = 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]'

/** The beginning of an ARN in the id of a finding, in the stack of the construct: `arn:aws:rds:us-east-2:111111111111:`. */
export const arnPrefixOf = (construct: IConstruct, service: string): string => {
  const { account, partition, region } = Stack.of(construct)
  return `arn:${partition}:${service}:${region}:${account}:`
}

/** The id of the finding that any version of that function may be called. */
export const anyVersionOf = (lambda: IConstruct): string => `AwsSolutions-IAM5[Resource::<${logicalIdOf(lambda)}.Arn>:*]`

/** The id of the finding that a grantee of another stack may use all objects of the bucket under that prefix: it has the name of the export. */
export const importedObjectsOf = (bucket: IBucket, prefix: string): string => {
  const stack = Stack.of(bucket)
  const { 'Fn::ImportValue': exportName } = stack.resolve(stack.exportValue(bucket.bucketArn)) as Record<string, string>
  return `AwsSolutions-IAM5[Resource::${exportName}/${prefix}*]`
}
