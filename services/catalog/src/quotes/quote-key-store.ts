import type { KeyStore, StoredKey } from '@guichet/keys/key-ring';
import { isDuplicateKey } from '@guichet/mongo/duplicate-key';
import type { Db } from 'mongodb';
