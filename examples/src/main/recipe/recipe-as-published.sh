#!/usr/bin/env bash
# Every command of the tutorial "Implementing Distributed Tracing with X-Ray and EventBridge" (recipe id c4d6e8f0,
# version 1.3, by mzazon), in its order and in its words.
# The commands and the Python functions below are the tutorial's code; only these lines and the next function are ours.
#
#     clew run -- bash recipe.sh
#
# Run it in an empty folder: like the tutorial it ends by deleting *.py and *.zip there. RECIPE_SLEEP=2 shortens its
# waits, which are for a cloud and not needed here.

if [ -n "${RECIPE_SLEEP:-}" ]; then
    sleep() { command sleep "$RECIPE_SLEEP"; }
fi

# Set environment variables
export AWS_REGION=$(aws configure get region)
export AWS_ACCOUNT_ID=$(aws sts get-caller-identity \
    --query Account --output text)

# Generate unique identifiers for resources
RANDOM_SUFFIX=$(aws secretsmanager get-random-password \
    --exclude-punctuation --exclude-uppercase \
    --password-length 6 --require-each-included-type \
    --output text --query RandomPassword)

export EVENT_BUS_NAME="distributed-tracing-bus-${RANDOM_SUFFIX}"
export LAMBDA_ROLE_NAME="distributed-tracing-lambda-role-${RANDOM_SUFFIX}"
export API_GATEWAY_NAME="distributed-tracing-api-${RANDOM_SUFFIX}"

# Create IAM role for Lambda functions with X-Ray permissions
aws iam create-role \
    --role-name $LAMBDA_ROLE_NAME \
    --assume-role-policy-document '{
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {
                    "Service": "lambda.amazonaws.com"
                },
                "Action": "sts:AssumeRole"
            }
        ]
    }'

# Attach required policies for Lambda, X-Ray, and EventBridge
aws iam attach-role-policy \
    --role-name $LAMBDA_ROLE_NAME \
    --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole

aws iam attach-role-policy \
    --role-name $LAMBDA_ROLE_NAME \
    --policy-arn arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess

aws iam attach-role-policy \
    --role-name $LAMBDA_ROLE_NAME \
    --policy-arn arn:aws:iam::aws:policy/AmazonEventBridgeFullAccess

# Wait for role propagation
sleep 10

export LAMBDA_ROLE_ARN=$(aws iam get-role \
    --role-name $LAMBDA_ROLE_NAME \
    --query Role.Arn --output text)

echo "✅ Created IAM role: $LAMBDA_ROLE_ARN"

# Create custom event bus for distributed tracing
aws events create-event-bus \
    --name $EVENT_BUS_NAME

export EVENT_BUS_ARN=$(aws events describe-event-bus \
    --name $EVENT_BUS_NAME \
    --query EventBus.Arn --output text)

echo "✅ Created EventBridge custom bus: $EVENT_BUS_NAME"

# Create order service function code
cat > order-service.py << 'EOF'
import json
import boto3
import os
from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.core import patch_all
from datetime import datetime

# Patch AWS SDK calls for X-Ray tracing
patch_all()

eventbridge = boto3.client('events')

@xray_recorder.capture('order_service_handler')
def lambda_handler(event, context):
    # Extract trace context from API Gateway
    trace_header = event.get('headers', {}).get('X-Amzn-Trace-Id', '')
    
    # Create subsegment for order processing
    subsegment = xray_recorder.begin_subsegment('process_order')
    
    try:
        # Simulate order processing
        order_id = f"order-{datetime.now().strftime('%Y%m%d%H%M%S')}"
        customer_id = event.get('pathParameters', {}).get('customerId', 'anonymous')
        
        # Add metadata to trace
        subsegment.put_metadata('order_details', {
            'order_id': order_id,
            'customer_id': customer_id,
            'timestamp': datetime.now().isoformat()
        })
        
        # Publish event to EventBridge with trace context
        event_detail = {
            'orderId': order_id,
            'customerId': customer_id,
            'amount': 99.99,
            'status': 'created'
        }
        
        response = eventbridge.put_events(
            Entries=[
                {
                    'Source': 'order.service',
                    'DetailType': 'Order Created',
                    'Detail': json.dumps(event_detail),
                    'EventBusName': os.environ['EVENT_BUS_NAME']
                }
            ]
        )
        
        # Add annotation for filtering
        xray_recorder.put_annotation('order_id', order_id)
        xray_recorder.put_annotation('service_name', 'order-service')
        
        return {
            'statusCode': 200,
            'headers': {
                'Content-Type': 'application/json',
                'X-Amzn-Trace-Id': trace_header
            },
            'body': json.dumps({
                'orderId': order_id,
                'status': 'created',
                'message': 'Order created successfully'
            })
        }
        
    except Exception as e:
        xray_recorder.put_annotation('error', str(e))
        raise e
    finally:
        xray_recorder.end_subsegment()
EOF

# Create deployment package
zip order-service.zip order-service.py

# Create Lambda function with X-Ray tracing enabled
aws lambda create-function \
    --function-name order-service-${RANDOM_SUFFIX} \
    --runtime python3.12 \
    --role $LAMBDA_ROLE_ARN \
    --handler order-service.lambda_handler \
    --zip-file fileb://order-service.zip \
    --environment Variables="{EVENT_BUS_NAME=$EVENT_BUS_NAME}" \
    --tracing-config Mode=Active \
    --timeout 30

export ORDER_SERVICE_ARN=$(aws lambda get-function \
    --function-name order-service-${RANDOM_SUFFIX} \
    --query Configuration.FunctionArn --output text)

echo "✅ Created order service Lambda function"

# Create payment service function code
cat > payment-service.py << 'EOF'
import json
import boto3
import os
import time
from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.core import patch_all

# Patch AWS SDK calls for X-Ray tracing
patch_all()

eventbridge = boto3.client('events')

@xray_recorder.capture('payment_service_handler')
def lambda_handler(event, context):
    # Process EventBridge event directly (not SQS)
    if 'source' in event and event['source'] == 'order.service':
        detail = event['detail']
        
        # Create subsegment for payment processing
        subsegment = xray_recorder.begin_subsegment('process_payment')
        
        try:
            order_id = detail['orderId']
            amount = detail['amount']
            
            # Add metadata to trace
            subsegment.put_metadata('payment_details', {
                'order_id': order_id,
                'amount': amount,
                'processor': 'stripe'
            })
            
            # Simulate payment processing delay
            time.sleep(0.5)
            
            # Publish payment processed event
            payment_event = {
                'orderId': order_id,
                'amount': amount,
                'paymentId': f"pay-{order_id}",
                'status': 'processed'
            }
            
            eventbridge.put_events(
                Entries=[
                    {
                        'Source': 'payment.service',
                        'DetailType': 'Payment Processed',
                        'Detail': json.dumps(payment_event),
                        'EventBusName': os.environ['EVENT_BUS_NAME']
                    }
                ]
            )
            
            # Add annotations for filtering
            xray_recorder.put_annotation('order_id', order_id)
            xray_recorder.put_annotation('service_name', 'payment-service')
            xray_recorder.put_annotation('payment_amount', amount)
            
        except Exception as e:
            xray_recorder.put_annotation('error', str(e))
            raise e
        finally:
            xray_recorder.end_subsegment()
    
    return {'statusCode': 200}
EOF

# Create deployment package
zip payment-service.zip payment-service.py

# Create Lambda function
aws lambda create-function \
    --function-name payment-service-${RANDOM_SUFFIX} \
    --runtime python3.12 \
    --role $LAMBDA_ROLE_ARN \
    --handler payment-service.lambda_handler \
    --zip-file fileb://payment-service.zip \
    --environment Variables="{EVENT_BUS_NAME=$EVENT_BUS_NAME}" \
    --tracing-config Mode=Active \
    --timeout 30

export PAYMENT_SERVICE_ARN=$(aws lambda get-function \
    --function-name payment-service-${RANDOM_SUFFIX} \
    --query Configuration.FunctionArn --output text)

echo "✅ Created payment service Lambda function"

# Create inventory service function code
cat > inventory-service.py << 'EOF'
import json
import boto3
import os
from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.core import patch_all

# Patch AWS SDK calls for X-Ray tracing
patch_all()

eventbridge = boto3.client('events')

@xray_recorder.capture('inventory_service_handler')
def lambda_handler(event, context):
    # Process EventBridge event directly
    if 'source' in event and event['source'] == 'order.service':
        detail = event['detail']
        
        subsegment = xray_recorder.begin_subsegment('update_inventory')
        
        try:
            order_id = detail['orderId']
            
            # Add metadata to trace
            subsegment.put_metadata('inventory_update', {
                'order_id': order_id,
                'items_reserved': 1,
                'warehouse': 'east-coast'
            })
            
            # Publish inventory updated event
            inventory_event = {
                'orderId': order_id,
                'status': 'reserved',
                'warehouse': 'east-coast'
            }
            
            eventbridge.put_events(
                Entries=[
                    {
                        'Source': 'inventory.service',
                        'DetailType': 'Inventory Updated',
                        'Detail': json.dumps(inventory_event),
                        'EventBusName': os.environ['EVENT_BUS_NAME']
                    }
                ]
            )
            
            xray_recorder.put_annotation('order_id', order_id)
            xray_recorder.put_annotation('service_name', 'inventory-service')
            
        except Exception as e:
            xray_recorder.put_annotation('error', str(e))
            raise e
        finally:
            xray_recorder.end_subsegment()
    
    return {'statusCode': 200}
EOF

# Create notification service function code
cat > notification-service.py << 'EOF'
import json
import boto3
import os
from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.core import patch_all

# Patch AWS SDK calls for X-Ray tracing
patch_all()

@xray_recorder.capture('notification_service_handler')
def lambda_handler(event, context):
    # Process EventBridge event directly
    if 'source' in event and event['source'] in ['payment.service', 'inventory.service']:
        detail = event['detail']
        
        subsegment = xray_recorder.begin_subsegment('send_notification')
        
        try:
            order_id = detail['orderId']
            event_type = event['detail-type']
            
            # Add metadata to trace
            subsegment.put_metadata('notification_sent', {
                'order_id': order_id,
                'event_type': event_type,
                'channel': 'email'
            })
            
            xray_recorder.put_annotation('order_id', order_id)
            xray_recorder.put_annotation('service_name', 'notification-service')
            xray_recorder.put_annotation('notification_type', event_type)
            
        except Exception as e:
            xray_recorder.put_annotation('error', str(e))
            raise e
        finally:
            xray_recorder.end_subsegment()
    
    return {'statusCode': 200}
EOF

# Create deployment packages and functions
zip inventory-service.zip inventory-service.py
zip notification-service.zip notification-service.py

# Create inventory service
aws lambda create-function \
    --function-name inventory-service-${RANDOM_SUFFIX} \
    --runtime python3.12 \
    --role $LAMBDA_ROLE_ARN \
    --handler inventory-service.lambda_handler \
    --zip-file fileb://inventory-service.zip \
    --environment Variables="{EVENT_BUS_NAME=$EVENT_BUS_NAME}" \
    --tracing-config Mode=Active \
    --timeout 30

# Create notification service
aws lambda create-function \
    --function-name notification-service-${RANDOM_SUFFIX} \
    --runtime python3.12 \
    --role $LAMBDA_ROLE_ARN \
    --handler notification-service.lambda_handler \
    --zip-file fileb://notification-service.zip \
    --environment Variables="{EVENT_BUS_NAME=$EVENT_BUS_NAME}" \
    --tracing-config Mode=Active \
    --timeout 30

echo "✅ Created inventory and notification services"

# Create rule for payment processing
aws events put-rule \
    --name payment-processing-rule-${RANDOM_SUFFIX} \
    --event-pattern '{
        "source": ["order.service"],
        "detail-type": ["Order Created"]
    }' \
    --state ENABLED \
    --event-bus-name $EVENT_BUS_NAME

# Create rule for inventory updates
aws events put-rule \
    --name inventory-update-rule-${RANDOM_SUFFIX} \
    --event-pattern '{
        "source": ["order.service"],
        "detail-type": ["Order Created"]
    }' \
    --state ENABLED \
    --event-bus-name $EVENT_BUS_NAME

# Create rule for notifications
aws events put-rule \
    --name notification-rule-${RANDOM_SUFFIX} \
    --event-pattern '{
        "source": ["payment.service", "inventory.service"],
        "detail-type": ["Payment Processed", "Inventory Updated"]
    }' \
    --state ENABLED \
    --event-bus-name $EVENT_BUS_NAME

echo "✅ Created EventBridge rules"

# Add payment service as target
aws events put-targets \
    --rule payment-processing-rule-${RANDOM_SUFFIX} \
    --event-bus-name $EVENT_BUS_NAME \
    --targets "Id=1,Arn=${PAYMENT_SERVICE_ARN}"

# Add inventory service as target
aws events put-targets \
    --rule inventory-update-rule-${RANDOM_SUFFIX} \
    --event-bus-name $EVENT_BUS_NAME \
    --targets "Id=1,Arn=$(aws lambda get-function \
        --function-name inventory-service-${RANDOM_SUFFIX} \
        --query Configuration.FunctionArn --output text)"

# Add notification service as target
aws events put-targets \
    --rule notification-rule-${RANDOM_SUFFIX} \
    --event-bus-name $EVENT_BUS_NAME \
    --targets "Id=1,Arn=$(aws lambda get-function \
        --function-name notification-service-${RANDOM_SUFFIX} \
        --query Configuration.FunctionArn --output text)"

echo "✅ Configured EventBridge targets"

# Create REST API
API_ID=$(aws apigateway create-rest-api \
    --name $API_GATEWAY_NAME \
    --description "Distributed tracing demo API" \
    --query id --output text)

# Get root resource ID
ROOT_ID=$(aws apigateway get-resources \
    --rest-api-id $API_ID \
    --query 'items[0].id' --output text)

# Create orders resource
ORDERS_ID=$(aws apigateway create-resource \
    --rest-api-id $API_ID \
    --parent-id $ROOT_ID \
    --path-part orders \
    --query id --output text)

# Create customer resource
CUSTOMER_ID=$(aws apigateway create-resource \
    --rest-api-id $API_ID \
    --parent-id $ORDERS_ID \
    --path-part '{customerId}' \
    --query id --output text)

# Create POST method
aws apigateway put-method \
    --rest-api-id $API_ID \
    --resource-id $CUSTOMER_ID \
    --http-method POST \
    --authorization-type NONE

# Configure Lambda integration
aws apigateway put-integration \
    --rest-api-id $API_ID \
    --resource-id $CUSTOMER_ID \
    --http-method POST \
    --type AWS_PROXY \
    --integration-http-method POST \
    --uri "arn:aws:apigateway:${AWS_REGION}:lambda:path/2015-03-31/functions/${ORDER_SERVICE_ARN}/invocations"

# Create deployment first
DEPLOYMENT_ID=$(aws apigateway create-deployment \
    --rest-api-id $API_ID \
    --stage-name prod \
    --query id --output text)

# Enable X-Ray tracing on the stage
aws apigateway update-stage \
    --rest-api-id $API_ID \
    --stage-name prod \
    --patch-ops op=replace,path=/tracingEnabled,value=true

# Grant API Gateway permission to invoke Lambda
aws lambda add-permission \
    --function-name order-service-${RANDOM_SUFFIX} \
    --statement-id apigateway-invoke \
    --action lambda:InvokeFunction \
    --principal apigateway.amazonaws.com \
    --source-arn "arn:aws:execute-api:${AWS_REGION}:${AWS_ACCOUNT_ID}:${API_ID}/*/*/*"

export API_ENDPOINT="https://${API_ID}.execute-api.${AWS_REGION}.amazonaws.com/prod"

echo "✅ Created API Gateway with X-Ray tracing enabled"
echo "API Endpoint: $API_ENDPOINT"

# Grant EventBridge permission to invoke payment service
aws lambda add-permission \
    --function-name payment-service-${RANDOM_SUFFIX} \
    --statement-id eventbridge-invoke-payment \
    --action lambda:InvokeFunction \
    --principal events.amazonaws.com \
    --source-arn "arn:aws:events:${AWS_REGION}:${AWS_ACCOUNT_ID}:rule/${EVENT_BUS_NAME}/payment-processing-rule-${RANDOM_SUFFIX}"

# Grant EventBridge permission to invoke inventory service
aws lambda add-permission \
    --function-name inventory-service-${RANDOM_SUFFIX} \
    --statement-id eventbridge-invoke-inventory \
    --action lambda:InvokeFunction \
    --principal events.amazonaws.com \
    --source-arn "arn:aws:events:${AWS_REGION}:${AWS_ACCOUNT_ID}:rule/${EVENT_BUS_NAME}/inventory-update-rule-${RANDOM_SUFFIX}"

# Grant EventBridge permission to invoke notification service
aws lambda add-permission \
    --function-name notification-service-${RANDOM_SUFFIX} \
    --statement-id eventbridge-invoke-notification \
    --action lambda:InvokeFunction \
    --principal events.amazonaws.com \
    --source-arn "arn:aws:events:${AWS_REGION}:${AWS_ACCOUNT_ID}:rule/${EVENT_BUS_NAME}/notification-rule-${RANDOM_SUFFIX}"

echo "✅ Granted EventBridge permissions to invoke Lambda functions"

# Send a test request to trigger the distributed flow
curl -X POST \
    -H "Content-Type: application/json" \
    -d '{"productId": "12345", "quantity": 1}' \
    "${API_ENDPOINT}/orders/customer123"

# Wait for traces to be processed (1-2 minutes)
sleep 120

# Get trace summaries from X-Ray
aws xray get-trace-summaries \
    --time-range-type TimeRangeByStartTime \
    --start-time $(date -u -d '10 minutes ago' +%Y-%m-%dT%H:%M:%S) \
    --end-time $(date -u +%Y-%m-%dT%H:%M:%S) \
    --query 'TraceSummaries[*].[Id,Duration,ResponseTime,HasError,HasFault]' \
    --output table

# Get the latest trace ID
TRACE_ID=$(aws xray get-trace-summaries \
    --time-range-type TimeRangeByStartTime \
    --start-time $(date -u -d '10 minutes ago' +%Y-%m-%dT%H:%M:%S) \
    --end-time $(date -u +%Y-%m-%dT%H:%M:%S) \
    --query 'TraceSummaries[0].Id' --output text)

# Get detailed trace information
aws xray batch-get-traces \
    --trace-ids $TRACE_ID \
    --query 'Traces[0].Segments[*].[Id,Name,StartTime,EndTime]' \
    --output table

echo "✅ Open X-Ray console to view service map:"
echo "https://console.aws.amazon.com/xray/home?region=${AWS_REGION}#/service-map"

# Delete API Gateway
aws apigateway delete-rest-api \
    --rest-api-id $API_ID

echo "✅ Deleted API Gateway"

# Remove targets first
aws events remove-targets \
    --rule payment-processing-rule-${RANDOM_SUFFIX} \
    --event-bus-name $EVENT_BUS_NAME \
    --ids 1

aws events remove-targets \
    --rule inventory-update-rule-${RANDOM_SUFFIX} \
    --event-bus-name $EVENT_BUS_NAME \
    --ids 1

aws events remove-targets \
    --rule notification-rule-${RANDOM_SUFFIX} \
    --event-bus-name $EVENT_BUS_NAME \
    --ids 1

# Delete rules
aws events delete-rule \
    --name payment-processing-rule-${RANDOM_SUFFIX} \
    --event-bus-name $EVENT_BUS_NAME

aws events delete-rule \
    --name inventory-update-rule-${RANDOM_SUFFIX} \
    --event-bus-name $EVENT_BUS_NAME

aws events delete-rule \
    --name notification-rule-${RANDOM_SUFFIX} \
    --event-bus-name $EVENT_BUS_NAME

echo "✅ Deleted EventBridge rules and targets"

# Delete all Lambda functions
aws lambda delete-function \
    --function-name order-service-${RANDOM_SUFFIX}

aws lambda delete-function \
    --function-name payment-service-${RANDOM_SUFFIX}

aws lambda delete-function \
    --function-name inventory-service-${RANDOM_SUFFIX}

aws lambda delete-function \
    --function-name notification-service-${RANDOM_SUFFIX}

echo "✅ Deleted Lambda functions"

# Delete custom event bus
aws events delete-event-bus \
    --name $EVENT_BUS_NAME

# Detach policies from IAM role
aws iam detach-role-policy \
    --role-name $LAMBDA_ROLE_NAME \
    --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole

aws iam detach-role-policy \
    --role-name $LAMBDA_ROLE_NAME \
    --policy-arn arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess

aws iam detach-role-policy \
    --role-name $LAMBDA_ROLE_NAME \
    --policy-arn arn:aws:iam::aws:policy/AmazonEventBridgeFullAccess

# Delete IAM role
aws iam delete-role \
    --role-name $LAMBDA_ROLE_NAME

# Clean up local files
rm -f *.py *.zip

echo "✅ Cleaned up all resources"
