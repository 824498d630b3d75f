int native_leaf(void)
{
    return 1;
}
