import { CfnElement, Stack } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** The logical id of a construct's own resource in its template. */
export const logicalIdOf = (construct: IConstruct): string => {
  const resource = construct.node.defaultChild
  if (!CfnElement.isCfnElement(resource)) throw new Error(`${construct.node.path} is not a resource.`)
  return Stack.of(construct).resolve(resource.logicalId) as string
}

/** The id of the finding that any version of that function may be called. */
export const anyVersionOf = (lambda: IConstruct): string => `AwsSolutions-IAM5[Resource::<${logicalIdOf(lambda)}.Arn>:*]`
