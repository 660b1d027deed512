import { CfnElement, Stack } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** What a construct's own resource is called in its template. */
export const logicalIdOf = (construct: IConstruct): string => {
  const resource = construct.node.defaultChild
  if (!CfnElement.isCfnElement(resource)) throw new Error(`${construct.node.path} is no resource.`)
  return Stack.of(construct).resolve(resource.logicalId) as string
}

/** The finding that someone may call any version of that function. */
export const anyVersionOf = (lambda: IConstruct): string => `AwsSolutions-IAM5[Resource::<${logicalIdOf(lambda)}.Arn>:*]`
