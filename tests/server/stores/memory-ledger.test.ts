/** The ledger in memory passes the contract. */
import { createMemoryLedger } from '../../../server/stores/memory-ledger.ts';
import { ledgerContract } from '../../contracts/ledger-contract.ts';

ledgerContract('memory ledger', async () => createMemoryLedger());
