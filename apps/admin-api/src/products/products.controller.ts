import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateProduct } from './create-product.js';
import { DeleteProduct } from './delete-product.js';
import { CreateProductBody } from './dto/create-product.body.js';
import { ListProductsQuery } from './dto/list-products.query.js';
import { PRODUCT_EXAMPLE, ProductListResponse, ProductResponse } from './dto/product.response.js';
import { UpdateProductBody } from './dto/update-product.body.js';
import { GetProduct } from './get-product.js';
import { ListProducts } from './list-products.js';
import { presentProduct } from './present-product.js';
import { UpdateProduct } from './update-product.js';

const PRODUCT_ID = { name: 'id', description: 'Id of the product, 24 hexadecimal characters.', example: PRODUCT_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/products')
export class ProductsController {
  constructor(
    private readonly creating: CreateProduct,
    private readonly listing: ListProducts,
    private readonly getting: GetProduct,
    private readonly updating: UpdateProduct,
    private readonly deleting: DeleteProduct,
  ) {}

  @Post()
  @AdminRoute({
    summary: 'Create a product',
    status: 201,
    answer: ProductResponse,
    example: PRODUCT_EXAMPLE,
    errors: ['already_exists'],
    repeatable: true,
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateProductBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<ProductResponse> {
    return this.creating.execute(scope, body, claim);
  }

  @Get()
  @AdminRoute({
    summary: 'List products, newest first',
    answer: ProductListResponse,
    example: { products: [PRODUCT_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListProductsQuery): Promise<ProductListResponse> {
    return presentPage('products', await this.listing.execute(scope, query), presentProduct);
  }

  @Get(':id')
  @AdminRoute({ summary: 'Get a product', answer: ProductResponse, example: PRODUCT_EXAMPLE, errors: ['product_not_found'] })
  @ApiParam(PRODUCT_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<ProductResponse> {
    return presentProduct(await this.getting.execute(scope, id));
  }

  @Put(':id')
  @AdminRoute({
    summary: 'Change a product',
    description: 'Only what is given changes. A new price counts for what is sold from now on; what was sold keeps its own.',
    answer: ProductResponse,
    example: { ...PRODUCT_EXAMPLE, price: 5900, updatedAt: '2026-04-01T10:00:00.000Z' },
    errors: ['product_not_found', 'already_exists'],
  })
  @ApiParam(PRODUCT_ID)
  async update(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Body() body: UpdateProductBody): Promise<ProductResponse> {
    return presentProduct(await this.updating.execute(scope, id, body));
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Delete a product',
    description: 'It is no longer offered nor shown; what was sold keeps it.',
    status: 204,
    errors: ['product_not_found'],
  })
  @ApiParam(PRODUCT_ID)
  async delete(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.deleting.execute(scope, id);
  }
}
