import { Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { EnvironmentSettings } from '../environments.ts'

export interface NesteggStackProps {
  readonly settings: EnvironmentSettings
  /** One sentence for the list of stacks in the console. */
  readonly description: string
  /** Default: that of the environment. */
  readonly region?: string
}

/**
 * A stack that is bound to the account and Region of its environment, so that credentials of another account cannot deploy it, and that is
 * protected from deletion if the environment says so.
 */
export class NesteggStack extends Stack {
  constructor(scope: Construct, id: string, { settings, description, region = settings.region }: NesteggStackProps) {
    super(scope, id, {
      env: { account: settings.account, region },
      terminationProtection: settings.deletionProtection,
      description,
    })
  }

  /**
   * Exports these values for other stacks even while none imports them. CloudFormation refuses to change or remove an export that is in use,
   * so a replaced resource never leaves its users on the old one. An export that came and went with its users could not be removed: the
   * exporting stack is deployed first.
   */
  protected exportValues(...values: readonly string[]): void {
    for (const value of values) this.exportValue(value)
  }
}
