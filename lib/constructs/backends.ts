import { Stack } from 'aws-cdk-lib'
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Grant } from 'aws-cdk-lib/aws-iam'
import type { DatabaseRole } from '../../db/roles.ts'
import type { Backend, BackendVariables } from '../../lambdas/runtime/backends.ts'
import type { EnvironmentVariables } from '../../lambdas/runtime/environment.ts'
import type { DatabaseStack } from '../database.ts'
import type { EnvironmentSettings } from '../environments.ts'
import type { IdentityStack } from '../identity.ts'
import type { NesteggFunction } from './nestegg-function.ts'

/** The simulation of large runs, as functions use it. */
export interface SimulationBackend {
  readonly storeVariables: BackendVariables<'simulation-store'>
  readonly startVariables: BackendVariables<'simulation-fan-out'>
  readonly grantStore: (grantee: NesteggFunction) => Grant
  readonly grantStart: (grantee: NesteggFunction) => Grant
}

/** The bucket of dropped bar files, as the ingesting function uses it. */
export interface BarDropBackend {
  readonly dropVariables: BackendVariables<'bar-drop'>
  /** The security group that lets a function inside the VPC reach it. */
  readonly access: ISecurityGroup
  readonly grantDrop: (grantee: NesteggFunction) => Grant
}

/** The bucket of the work on ledgers, as functions use it. */
export interface LedgerWorkBackend {
  readonly workVariables: BackendVariables<'ledger-work'>
  /** The security group that lets a function inside the VPC reach it. */
  readonly access: ISecurityGroup
  readonly grantAsking: (grantee: NesteggFunction) => Grant
  readonly grantReading: (grantee: NesteggFunction) => Grant
}

/** The anchors of the audit trail and the key that signs them, as functions use them. */
export interface AuditBackend {
  readonly anchorVariables: BackendVariables<'audit-anchors'>
  readonly signingVariables: BackendVariables<'audit-signing'>
  /** The security group that lets a function inside the VPC read the anchors. */
  readonly access: ISecurityGroup
  readonly grantAnchors: (grantee: NesteggFunction) => Grant
  readonly grantSigning: (grantee: NesteggFunction) => Grant
}

/** The bucket of backups and archives, as functions use it. */
export interface BackupBackend {
  readonly variables: BackendVariables<'backup-store'>
  /** The security group that lets a function inside the VPC reach it. */
  readonly access: ISecurityGroup
  readonly grantBackups: (grantee: NesteggFunction) => Grant
  readonly grantRemoval: (grantee: NesteggFunction) => Grant
  readonly grantArchives: (grantee: NesteggFunction) => Grant
}

/** The key of access tokens and credentials, and the secret of Plaid, as functions use them. */
export interface WealthBackend {
  readonly keyVariables: BackendVariables<'credential-key'>
  /** None where Plaid is not used. */
  readonly plaidVariables: EnvironmentVariables
  readonly grantKey: (grantee: NesteggFunction) => Grant
  readonly grantRotation: (grantee: NesteggFunction) => Grant
  readonly grantPlaid: (grantee: NesteggFunction) => void
}

/** The constructs that functions can reach, and the folder of the bundles. */
export interface Backends {
  readonly settings: EnvironmentSettings
  readonly database: DatabaseStack
  readonly identity: IdentityStack
  /** Needed only if a function declares it. */
  readonly simulation?: SimulationBackend
  /** Needed only if a function declares it. */
  readonly barDrop?: BarDropBackend
  /** Needed only if a function declares it. */
  readonly ledgerWork?: LedgerWorkBackend
  /** Needed only if a function declares it. */
  readonly audit?: AuditBackend
  /** Needed only if a function declares it. */
  readonly backups?: BackupBackend
  /** Needed only if a function declares it. */
  readonly wealth?: WealthBackend
  readonly buildFolder: string
}

/** The variables, rights and security groups that one backend gives to a function. */
export interface BackendAccess<Name extends Backend = Backend> {
  readonly variables: BackendVariables<Name>
  readonly grant: (grantee: NesteggFunction) => void
  /** For a function inside the VPC. */
  readonly securityGroups?: readonly ISecurityGroup[]
}

/** Lets the grantee send mail from that address only, and from no other address of the identity. */
const grantMail = (grantee: NesteggFunction, { fromAddress, identity }: EnvironmentSettings['mail']): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['ses:SendEmail'],
    resourceArns: [Stack.of(grantee).formatArn({ service: 'ses', resource: 'identity', resourceName: identity })],
    conditions: { StringEquals: { 'ses:FromAddress': fromAddress } },
  })

/**
 * The access to each backend; undefined if the given constructs do not contain it.
 * `role` is the database role of the function.
 */
export const backendAccess: {
  readonly [Name in Backend]: (backends: Backends, role: DatabaseRole) => BackendAccess<Name> | undefined
} = {
  database: ({ database }, role) => ({
    variables: database.variables,
    grant: grantee => database.grantConnect(grantee, role),
    securityGroups: database.placement.securityGroups,
  }),
  'identity-functions': ({ database }) => ({
    variables: { ...database.dataApiVariables, IDENTITY_FUNCTIONS_SECRET_ARN: database.functionSecrets.identity.secretArn },
    grant: grantee => database.grantFunctions(grantee, 'identity'),
  }),
  'invitation-functions': ({ database }) => ({
    variables: { ...database.dataApiVariables, INVITATION_FUNCTIONS_SECRET_ARN: database.functionSecrets.invitations.secretArn },
    grant: grantee => database.grantFunctions(grantee, 'invitations'),
  }),
  'run-functions': ({ database }) => ({
    variables: { ...database.dataApiVariables, RUN_FUNCTIONS_SECRET_ARN: database.functionSecrets.runs.secretArn },
    grant: grantee => database.grantFunctions(grantee, 'runs'),
  }),
  'audit-functions': ({ database }) => ({
    variables: { ...database.dataApiVariables, AUDIT_FUNCTIONS_SECRET_ARN: database.functionSecrets.audit.secretArn },
    grant: grantee => database.grantFunctions(grantee, 'audit'),
  }),
  'wealth-functions': ({ database }) => ({
    variables: { ...database.dataApiVariables, WEALTH_FUNCTIONS_SECRET_ARN: database.functionSecrets.wealth.secretArn },
    grant: grantee => database.grantFunctions(grantee, 'wealth'),
  }),
  'credential-key': ({ wealth }) => wealth && { variables: wealth.keyVariables, grant: grantee => wealth.grantKey(grantee) },
  'credential-rotation': ({ wealth }) => wealth && { variables: wealth.keyVariables, grant: grantee => wealth.grantRotation(grantee) },
  plaid: ({ wealth }) => wealth && { variables: wealth.plaidVariables, grant: grantee => wealth.grantPlaid(grantee) },
  'user-pool': ({ identity }) => ({
    variables: identity.variables,
    // The operations that are called need a token or a password of the user, and no rights of the function.
    grant: () => undefined,
  }),
  'user-pool-administration': ({ identity }) => ({
    variables: { USER_POOL_ID: identity.variables.USER_POOL_ID },
    grant: grantee => identity.userPool.grant(grantee, 'cognito-idp:AdminDeleteUser'),
  }),
  'simulation-store': ({ simulation }) =>
    simulation && { variables: simulation.storeVariables, grant: grantee => simulation.grantStore(grantee) },
  'simulation-fan-out': ({ simulation }) =>
    simulation && { variables: simulation.startVariables, grant: grantee => simulation.grantStart(grantee) },
  'bar-drop': ({ barDrop }) =>
    barDrop && { variables: barDrop.dropVariables, grant: grantee => barDrop.grantDrop(grantee), securityGroups: [barDrop.access] },
  'ledger-work': ({ ledgerWork }) =>
    ledgerWork && {
      variables: ledgerWork.workVariables,
      grant: grantee => ledgerWork.grantAsking(grantee),
      securityGroups: [ledgerWork.access],
    },
  'asked-ledger-work': ({ ledgerWork }) =>
    ledgerWork && {
      variables: ledgerWork.workVariables,
      grant: grantee => ledgerWork.grantReading(grantee),
      securityGroups: [ledgerWork.access],
    },
  'audit-anchors': ({ audit }) =>
    audit && { variables: audit.anchorVariables, grant: grantee => audit.grantAnchors(grantee), securityGroups: [audit.access] },
  'audit-signing': ({ audit }) => audit && { variables: audit.signingVariables, grant: grantee => audit.grantSigning(grantee) },
  'backup-store': ({ backups }) =>
    backups && { variables: backups.variables, grant: grantee => backups.grantBackups(grantee), securityGroups: [backups.access] },
  'backup-removal': ({ backups }) =>
    backups && { variables: backups.variables, grant: grantee => backups.grantRemoval(grantee), securityGroups: [backups.access] },
  'archive-store': ({ backups }) =>
    backups && { variables: backups.variables, grant: grantee => backups.grantArchives(grantee), securityGroups: [backups.access] },
  mail: ({ settings: { mail } }) => ({
    variables: { MAIL_FROM_ADDRESS: mail.fromAddress },
    grant: grantee => grantMail(grantee, mail),
  }),
}
