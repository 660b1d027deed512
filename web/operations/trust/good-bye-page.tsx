import { ButtonLink } from '../../components/button.tsx'
import { formatNumber } from '../../components/format.ts'
import { Page, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { useStore } from '../../shell/store.ts'
import { farewell } from './farewell.ts'
import styles from './trust.module.css'
import { myData as m } from '#messages/trust'

const GoodByePage = () => {
  const look = useLook()
  const erased = useStore(farewell)
  const rows = Object.values(erased?.deleted ?? {}).reduce((sum, count) => sum + count, 0)
  return (
    <div className={styles['open']}>
      <Page title={m.goodBye} lead={m.goodByeLead}>
        {erased && (
          <>
            <p>{m.rows(formatNumber(rows, look))}</p>
            <p>{m.households(formatNumber(erased.householdIds.length, look))}</p>
            <Section title={m.stays}>
              <Table
                caption={m.stays}
                rows={erased.kept}
                rowKey={({ what }) => what}
                columns={[
                  { key: 'what', header: m.keptWhat, cell: ({ what }) => what },
                  { key: 'because', header: m.keptBecause, cell: ({ because }) => because },
                ]}
              />
            </Section>
          </>
        )}
        <p>
          <ButtonLink href="/sign-up">{m.signUp}</ButtonLink>
        </p>
      </Page>
    </div>
  )
}

export default GoodByePage
