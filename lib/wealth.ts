import type { Construct } from 'constructs'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { WealthSecrets } from './constructs/wealth-secrets.ts'
import type { EnvironmentSettings } from './environments.ts'

/** The key of access tokens and credentials, and the secret of Plaid. */
export class WealthStack extends NesteggStack {
  readonly secrets: WealthSecrets

  constructor(scope: Construct, id: string, { settings }: { readonly settings: EnvironmentSettings }) {
    super(scope, id, { settings, description: 'The key of access tokens and credentials, and the secret of Plaid' })
    this.secrets = new WealthSecrets(this, 'Secrets', { settings })
    this.exportValues(...this.secrets.exported)
  }
}
