import { SelectField, type TextProps } from '../../components/field.tsx'
import { useHouseholds } from '../../shell/household.ts'
import { usePeople } from '../use-household-data.ts'
import { entry as m } from '#messages/register'

const PeopleField = ({ householdId, ...field }: TextProps & { readonly householdId: string }) => {
  const { people } = usePeople(householdId)
  return (
    <SelectField
      {...field}
      label={m.contributorId}
      help={m.contributorHelp}
      options={[['', m.theOwner], ...people.map(({ id, name }) => [id, name] as const)]}
    />
  )
}

/** Who gave a contribution, of the people of the household. */
export const ContributorField = (field: TextProps) => {
  const { household } = useHouseholds()
  return household ? <PeopleField {...field} householdId={household.id} /> : null
}
