import type { Operation } from '../operation.ts'
import { adminUserOperations } from './admin-users.ts'
import { challengeOperations } from './challenges.ts'
import { groupOperations } from './groups.ts'
import { listUsersOperations } from './list-users.ts'
import { ownAccountOperations } from './own-account.ts'
import { passkeyOperations } from './passkeys.ts'
import { passwordOperations } from './passwords.ts'
import { signInOperations } from './sign-in.ts'
import { signUpOperations } from './sign-up.ts'
import { softwareTokenOperations } from './software-token.ts'

/** The operations of the Cognito user pools API that the local pool supports, by their names in `x-amz-target`. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ...signUpOperations,
    ...signInOperations,
    ...challengeOperations,
    ...softwareTokenOperations,
    ...passkeyOperations,
    ...passwordOperations,
    ...ownAccountOperations,
    ...adminUserOperations,
    ...groupOperations,
    ...listUsersOperations,
  }),
)
