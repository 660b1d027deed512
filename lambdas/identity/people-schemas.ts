import * as z from 'zod'
import { kycStatuses, relationships } from '../../db/schema/identity/people.ts'
import { calendarDate, instant, label, nameSchemas, uuid } from '../runtime/schemas.ts'

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters, like US')
  .meta({ id: 'Country', description: 'An ISO 3166 country code of two letters.', example: 'US' })

export const kycStatus = z
  .enum(kycStatuses)
  .meta({ id: 'KycStatus', description: 'How far the check of the identity is (know your customer).' })
const relationship = z
  .enum(relationships)
  .meta({ id: 'Relationship', description: 'The relation to whoever keeps the records of the household.' })

/** What was checked. The whole number of a document is never stored. */
export const kycData = z
  .strictObject({
    citizenship: country,
    taxResidence: country,
    documentKind: z.enum(['passport', 'driving_licence', 'identity_card', 'residence_permit']),
    documentLastFour: z.string().regex(/^[A-Za-z0-9]{4}$/, 'must be the last four characters of the document number'),
    documentExpiresOn: calendarDate,
    employment: z.enum(['employed', 'self_employed', 'retired', 'student', 'not_employed']),
    employer: label,
    sourceOfFunds: z.enum(['salary', 'business', 'investments', 'inheritance', 'pension', 'property', 'other']),
    politicallyExposed: z.boolean(),
  })
  .partial()
  .meta({ id: 'KycData', description: 'What was checked. The audit trail does not contain it.' })

const fields = {
  name: label.describe('Name of the person.'),
  relationship,
  birthDate: calendarDate.nullable(),
  userId: uuid.nullable().describe('The member of the household who is this person.'),
  riskTolerance: z.number().min(0).max(1).multipleOf(0.01).nullable().describe('From 0, no risk, to 1.'),
  investmentHorizon: z.int().min(0).max(100).nullable().describe('Years until the money is needed.'),
  accreditedInvestor: z.boolean().nullable(),
  kycStatus,
  kycData,
}

export const personPatchFields = fields

export const personFields = {
  name: fields.name,
  relationship: relationship.default('other'),
  birthDate: fields.birthDate.optional(),
  userId: fields.userId.optional().describe('The member of the household who is this person.'),
  riskTolerance: fields.riskTolerance.optional().describe('From 0, no risk, to 1.'),
  investmentHorizon: fields.investmentHorizon.optional().describe('Years until the money is needed.'),
  accreditedInvestor: fields.accreditedInvestor.optional(),
  kycStatus: kycStatus.default('not_started'),
  kycData: kycData.optional(),
}

export const person = z.strictObject({
  id: uuid,
  householdId: uuid,
  ...fields,
  name: z.string(),
  riskTolerance: z.number().nullable(),
  investmentHorizon: z.int().nullable(),
  kycVerifiedAt: instant.nullable().describe('Set by the server when the status becomes `verified`.'),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

nameSchemas({ Person: person })
