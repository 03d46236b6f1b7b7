/** Where class-transformer keeps what its decorators were told. The package describes it, but not under the path it can be imported by. */
declare module 'class-transformer/cjs/storage.js' {
  interface TransformationStorage {
    findTypeMetadata(target: unknown, propertyName: string): unknown;
    findTransformMetadatas(target: unknown, propertyName: string, transformationType: number): unknown[];
    getExposedMetadatas(target: unknown): unknown[];
    getExcludedMetadatas(target: unknown): unknown[];
    getStrategy(target: unknown): 'excludeAll' | 'exposeAll' | 'none';
  }

  export const defaultMetadataStorage: TransformationStorage;
}
