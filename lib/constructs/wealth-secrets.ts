import { type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import { Grant } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import type { BackendVariables } from '../../lambdas/runtime/backends.ts'
import type { EnvironmentVariables } from '../../lambdas/runtime/environment.ts'
import type { EnvironmentSettings } from '../environments.ts'
import type { WealthBackend } from './backends.ts'
import type { NesteggFunction } from './nestegg-function.ts'

/** The addresses of Plaid's environments. @see https://plaid.com/docs/api */
const endpoints = { sandbox: 'https://sandbox.plaid.com', production: 'https://production.plaid.com' } as const

/** The key that encrypts the data keys of access tokens and credentials, and the secret with Plaid's client id and secret. */
export class WealthSecrets extends Construct implements WealthBackend {
  readonly keyVariables: BackendVariables<'credential-key'>
  readonly plaidVariables: EnvironmentVariables
  private readonly key: Key
  private readonly plaid: Secret | undefined

  constructor(scope: Construct, id: string, { settings }: { readonly settings: EnvironmentSettings }) {
    super(scope, id)
    this.key = new Key(this, 'CredentialKey', {
      description: 'Encrypts the keys of access tokens and of credentials',
      enableKeyRotation: true,
      removalPolicy: settings.removalPolicy,
    })
    this.keyVariables = { CREDENTIAL_KEY_ID: this.key.keyArn }
    this.plaid = settings.plaid && this.makePlaidSecret(settings.removalPolicy)
    this.plaidVariables =
      settings.plaid && this.plaid ? { PLAID_SECRET_ARN: this.plaid.secretArn, PLAID_ENDPOINT: endpoints[settings.plaid.environment] } : {}
  }

  /** The secret is made with a value that Plaid refuses. The operator stores the real one: see "Plaid" in docs/deploying.md. */
  private makePlaidSecret(removalPolicy: RemovalPolicy): Secret {
    const secret = new Secret(this, 'PlaidKeys', {
      description: 'The client id and the secret of the account at Plaid: {"clientId": …, "secret": …}',
      encryptionKey: this.key,
      generateSecretString: { secretStringTemplate: JSON.stringify({ clientId: 'not set' }), generateStringKey: 'secret' },
      removalPolicy,
    })
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Plaid makes its secrets, in its own dashboard. The operator stores a new one: see "Rotate keys and secrets" in docs/runbook.md.',
    })
    return secret
  }

  /** The values that other stacks use. */
  get exported(): readonly string[] {
    return [this.key.keyArn, ...(this.plaid ? [this.plaid.secretArn] : [])]
  }

  /** Lets the grantee make and open data keys. `key.grant` would name the grantee in the policy of the key. */
  grantKey(grantee: NesteggFunction): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resourceArns: [this.key.keyArn] })
  }

  /** Lets the grantee encrypt data keys again, without seeing them. */
  grantRotation(grantee: NesteggFunction): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['kms:ReEncryptFrom', 'kms:ReEncryptTo'], resourceArns: [this.key.keyArn] })
  }

  /** Lets the grantee read Plaid's client id and secret. */
  grantPlaid(grantee: NesteggFunction): void {
    if (!this.plaid) return
    Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [this.plaid.secretArn] })
    Grant.addToPrincipal({
      grantee,
      actions: ['kms:Decrypt'],
      resourceArns: [this.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` } },
    })
  }
}
