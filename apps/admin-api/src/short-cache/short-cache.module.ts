import { Global, Module } from '@nestjs/common';
import { AccessMemory } from './access-memory.js';

/** One memory per process, shared by everything that decides about access. */
@Global()
@Module({ providers: [AccessMemory], exports: [AccessMemory] })
export class ShortCacheModule {}
