import { beforeAll, describe, expect, it } from 'vitest'
import { changeRefusals } from '../../bin/release/change-guard.ts'
import { assemblyOf } from './assembly.ts'
import { compareRecords, lastRelease, recordRelease, type ReleaseRecord, recordText } from './last-release.ts'

describe('the templates of prod, compared with the last release', () => {
  let record: ReleaseRecord
  beforeAll(async () => {
    record = recordRelease(await assemblyOf('prod'))
  }, 180_000)

  it('replace and remove nothing with state, and change no export that is in use', () => {
    expect(changeRefusals(compareRecords(lastRelease.text(), record), [])).toEqual([])
  })

  it('are recorded for the next release (npm run docs:release)', () => {
    expect(recordText(record)).toBe(lastRelease.text())
  })

  const database = 'nestegg-prod-database'
  const changed = (stack: string, changes: Partial<ReleaseRecord[string]>): ReleaseRecord => ({
    ...record,
    [stack]: { ...record[stack]!, ...changes },
  })
  const clusterId = () => Object.entries(record[database]!.Resources).find(([, { Type }]) => Type === 'AWS::RDS::DBCluster')![0]

  it('would be refused without the database', () => {
    const { [clusterId()]: _cluster, ...others } = record[database]!.Resources
    expect(changeRefusals(compareRecords(recordText(record), changed(database, { Resources: others })), [])).toEqual([
      expect.stringContaining(`${database}/${clusterId()} (AWS::RDS::DBCluster) would be given up`),
    ])
  })

  it('would be refused with another encryption of the database, and with its name in use', () => {
    const cluster = record[database]!.Resources[clusterId()]!
    const Resources = {
      ...record[database]!.Resources,
      [clusterId()]: { ...cluster, Properties: { ...(cluster['Properties'] as object), StorageEncrypted: false } },
    }
    const refusals = changeRefusals(compareRecords(recordText(record), changed(database, { Resources })), [])
    expect(refusals).toContainEqual(expect.stringContaining('would be replaced because of StorageEncrypted'))
    expect(refusals).toContainEqual(expect.stringMatching(/would change the value of nestegg-prod-database:\S+, since \w+ is replaced/))
  })

  it('would be refused without an export that is in use', () => {
    const [used] = record['nestegg-prod-operations']!.Imports
    const name = used!['Fn::ImportValue']
    const stack = Object.keys(record).find(each => Object.values(record[each]!.Outputs).some(({ Export }) => Export.Name === name))!
    const Outputs = Object.fromEntries(Object.entries(record[stack]!.Outputs).filter(([, { Export }]) => Export.Name !== name))
    expect(changeRefusals(compareRecords(recordText(record), changed(stack, { Outputs })), [])).toEqual([
      expect.stringContaining(`${stack} no longer exports ${name}, which`),
    ])
  })

  it('would be refused without a stack that others use', () => {
    const { 'nestegg-prod-network': _network, ...others } = record
    const refusals = changeRefusals(compareRecords(recordText(record), others), [])
    expect(refusals).toContainEqual(expect.stringContaining('AWS::EC2::VPC'))
    expect(refusals).toContainEqual(expect.stringContaining('nestegg-prod-network no longer exports'))
  })
})
